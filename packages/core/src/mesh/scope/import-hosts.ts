import { hostCovers, hostsOverlap, isWildcardHost } from '../../net';

/** Hosts that an egress listener imports from, or excludes in, one namespace (`sidecar.go:hostClassification`). */
export interface HostSet {
  readonly exact: ReadonlySet<string>;
  readonly all: readonly string[];
}

/** True when a service of this host is imported: equal, or within a wildcard. */
export function importsService({ exact, all }: HostSet, host: string): boolean {
  return exact.has(host) || all.some(item => isWildcardHost(item) && hostCovers(item, host));
}

/** True when a VirtualService of this host is imported: wildcards of either side count. */
export function importsVirtualService({ exact, all }: HostSet, host: string): boolean {
  if (exact.has(host)) return true;
  const wildcard = isWildcardHost(host);
  return all.some(item => (wildcard || isWildcardHost(item)) && hostsOverlap(item, host));
}

export interface ImportHosts {
  readonly imported: ReadonlyMap<string, HostSet>;
  readonly excluded: ReadonlyMap<string, HostSet>;
}

interface MutableHostSet extends HostSet {
  readonly exact: Set<string>;
  readonly all: string[];
}

function addHost(sets: Map<string, MutableHostSet>, namespace: string, host: string): void {
  const known = sets.get(namespace) ?? { exact: new Set<string>(), all: [] };
  if (!isWildcardHost(host)) known.exact.add(host);
  known.all.push(host);
  sets.set(namespace, known);
}

export const anyNamespace = '*';

/**
 * Reads `namespace/host` patterns: `.` is the own namespace, `*` any. `~namespace/host` takes the host out again, `~` alone in every
 * namespace; versions without exclusions know `~` as a namespace that holds nothing. An entry with another number of
 * slashes is skipped (`sidecar.go:convertIstioListenerToWrapper`).
 */
export function readImportHosts(
  hosts: readonly string[],
  namespace: string,
  exclusions: boolean,
): ImportHosts {
  const imported = new Map<string, MutableHostSet>();
  const excluded = new Map<string, MutableHostSet>();
  for (const entry of hosts) {
    const [place = '', host = '', more] = entry.split('/');
    if (!entry.includes('/') || more !== undefined) continue;
    const excludes = exclusions && place.startsWith('~');
    const named = excludes ? place.slice(1) : place;
    const where = named === '.' ? namespace : named === '' ? anyNamespace : named;
    addHost(excludes ? excluded : imported, where, host);
  }
  return { imported, excluded };
}
