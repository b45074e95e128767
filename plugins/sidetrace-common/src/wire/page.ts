/** Which part of a list is wanted. */
export interface PageRequest {
  /** Items before the wanted ones; 0 when not given. */
  readonly offset?: number;
  /** Longest answer, at most `pageLimit`; 50 when not given. */
  readonly limit?: number;
}

/** Which part of a list an answer holds. */
export interface PageInfo {
  readonly offset: number;
  readonly limit: number;
  /** Items of the whole list, after filtering. */
  readonly total: number;
}

/** Most items of one page. */
export const pageLimit = 500;

/** Something and how often, most first. */
export interface NamedCount {
  readonly name: string;
  readonly count: number;
}
