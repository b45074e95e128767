/** What a client does to a resource, in the words of RBAC. */
export type Verb = 'list' | 'watch' | 'get';

interface Scope {
  /** Plural of the resource that fails (`serviceentries`); every one, and discovery, when not given. */
  readonly resource?: string;
  /** What fails of it; everything when not given. */
  readonly verb?: Verb;
  /** Only requests for this namespace, or only those at cluster scope; all when not given. */
  readonly within?: { readonly namespace: string } | 'cluster';
  /** How many requests fail; all until `calm` when not given. */
  readonly times?: number;
}

/** A way in which an API server fails its clients. */
export type Fault =
  /**
   * 410: a `continue` of a list, or the resourceVersion of a watch, is too old. A watch is told in its stream;
   * with `status` by the answer's status, as servers without a watch cache do.
   */
  | ({ readonly kind: 'gone'; readonly status?: boolean } & Scope)
  /** 504: the resourceVersion of a watch is not yet, as a server says that is to begin with the present state. */
  | ({ readonly kind: 'future' } & Scope)
  /** 429 with `Retry-After`. */
  | ({ readonly kind: 'too-many-requests'; readonly retryAfterSeconds: number } & Scope)
  /** The answer comes after a while. */
  | ({ readonly kind: 'slow'; readonly milliseconds: number } & Scope)
  /** The connection is destroyed in the middle of the answer: after so many bytes of a list or events of a watch. */
  | ({ readonly kind: 'cut'; readonly after: number } & Scope)
  /** 403 as RBAC answers. */
  | ({ readonly kind: 'forbidden' } & Scope)
  /** 500. */
  | ({ readonly kind: 'server-error' } & Scope)
  /** 200 with a body that is no JSON. */
  | ({ readonly kind: 'malformed' } & Scope);
