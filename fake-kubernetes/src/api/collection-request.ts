import type { ApiResource } from '../resources';
import type { ObjectStore } from '../store';

/** A request for the objects of a resource: the server's end of a list or a watch. */
export interface CollectionRequest {
  readonly store: ObjectStore;
  readonly resource: ApiResource;
  /** The version that the URL names. */
  readonly version: string;
  /** Undefined at cluster scope. */
  readonly namespace?: string;
  readonly query: URLSearchParams;
}

/** A flag of a query: every value but `0` and `false` is true (apimachinery `Convert_Slice_string_To_bool`). */
export function flagOf(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== '0' && value.toLowerCase() !== 'false';
}

/** A number of a query: undefined when it is not given, `NaN` when it is no number. */
export function numberOf(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  return /^\d+$/.test(value) ? Number(value) : Number.NaN;
}
