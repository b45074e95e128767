/** Why a cluster cannot be read at all. */
export type ClusterErrorCode =
  /** The kubeconfig is missing, broken, or lacks the context. */
  | 'kubeconfig'
  /** No connection: name, port, certificate, proxy. */
  | 'unreachable'
  /** The API server does not know the account, or the program that makes its token failed. */
  | 'unauthorized'
  /** What answers is no Kubernetes API, or it fails for good. */
  | 'api';

/** A cluster cannot be read. The message is for people: what is wrong and what to do; it never holds a token. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';

  constructor(
    readonly code: ClusterErrorCode,
    /** What is wrong. */
    readonly reason: string,
    /** What to do. */
    readonly hint: string,
  ) {
    super(`${reason} (${hint})`);
  }
}
