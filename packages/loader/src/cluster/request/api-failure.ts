/** What went wrong with a request, as the reader tells it apart. */
export type FailureKind =
  /** No connection was made. */
  | 'no-connection'
  /** The certificate is not trusted: trying again does not help. */
  | 'certificate'
  /** The connection ended in the middle of the answer. */
  | 'cut'
  /** An answer with a status other than 200. */
  | 'status'
  /** The body is no JSON of the expected shape. */
  | 'malformed'
  /** The body is longer than is read. */
  | 'too-long'
  /** No credentials could be made for the request. */
  | 'credentials';

export interface FailureDetails {
  readonly kind: FailureKind;
  readonly status?: number;
  /** What `Retry-After` asks to wait. */
  readonly retryAfterMs?: number;
  /** Whether the server says that a version is not yet: `ResourceVersionTooLarge`. */
  readonly isOfFuture?: boolean;
}

/** A request that failed; its message holds no secret. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly isOfFuture: boolean;

  constructor(message: string, details: FailureDetails) {
    const { kind, status, retryAfterMs, isOfFuture = false } = details;
    super(message);
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.isOfFuture = isOfFuture;
  }

  /** Whether the same request may succeed in a moment. */
  get isPassing(): boolean {
    if (this.kind === 'no-connection' || this.kind === 'cut') return true;
    return this.status === 429 || (this.status !== undefined && this.status >= 500);
  }
}
