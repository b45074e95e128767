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
}

/** A request that failed; its message holds no secret. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { kind, status, retryAfterMs }: FailureDetails) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may succeed in a moment. */
  get isPassing(): boolean {
    if (this.kind === 'no-connection' || this.kind === 'cut') return true;
    return this.status === 429 || (this.status !== undefined && this.status >= 500);
  }
}
