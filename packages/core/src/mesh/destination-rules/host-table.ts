import { isWildcardHost } from '../../net';

/** Values by host, exact or wildcard. */
export interface HostTable<T> {
  readonly exact: ReadonlyMap<string, T>;
  readonly wildcards: ReadonlyMap<string, T>;
}

export interface MutableHostTable<T> extends HostTable<T> {
  readonly exact: Map<string, T>;
  readonly wildcards: Map<string, T>;
}

export const emptyHostTable = <T>(): MutableHostTable<T> => ({
  exact: new Map(),
  wildcards: new Map(),
});

/** The part of the table that holds this host. */
export function rowsFor<T>(table: MutableHostTable<T>, host: string): Map<string, T> {
  return isWildcardHost(host) ? table.wildcards : table.exact;
}

/** Every `*suffix` that covers the host, longest first: at each dot, and between, as suffixes need not start at a dot. */
function longestWildcard<T>(wildcards: ReadonlyMap<string, T>, suffix: string): T | undefined {
  if (wildcards.size === 0) return undefined;
  for (let start = 0; start <= suffix.length; start += 1) {
    const value = wildcards.get(`*${suffix.slice(start)}`);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The value of the exact host, else of the longest wildcard that covers it (`host.MostSpecificHostMatch`). */
export function mostSpecific<T>({ exact, wildcards }: HostTable<T>, host: string): T | undefined {
  if (isWildcardHost(host)) return longestWildcard(wildcards, host.slice(1));
  return exact.get(host) ?? longestWildcard(wildcards, host);
}
