import type { AccessRow } from '@sidetrace/core';

/** A host outside of the mesh, the ports on which it is reached, and who reaches it. */
export interface ExternalHost {
  readonly host: string;
  /** `443/TLS`, sorted. */
  readonly ports: readonly string[];
  /** References of the entities whose workloads reach it, sorted. */
  readonly reachedBy: readonly string[];
}

/** What an entity was found to do. */
export interface EntityAccess {
  readonly entityRef: string;
  readonly rows: readonly Pick<AccessRow, 'host' | 'port' | 'protocol' | 'delivery'>[];
}

const sorted = (items: ReadonlySet<string>) => [...items].sort();

/**
 * Hosts that at least one entity reaches, sorted by name. Wildcards stand for no single host and are left out;
 * so is what is blocked or unknown: a relation in the catalog says that the call works.
 */
export function externalHosts(accesses: readonly EntityAccess[]): readonly ExternalHost[] {
  const hosts = new Map<string, { ports: Set<string>; reachedBy: Set<string> }>();
  for (const { entityRef, rows } of accesses) {
    for (const { host, port, protocol, delivery } of rows) {
      if (host.includes('*') || (delivery !== 'reaches' && delivery !== 'mixed')) continue;
      const known = hosts.get(host) ?? { ports: new Set(), reachedBy: new Set() };
      hosts.set(host, known);
      known.ports.add(`${port}/${protocol}`);
      known.reachedBy.add(entityRef);
    }
  }
  return [...hosts]
    .map(([host, { ports, reachedBy }]) => ({
      host,
      ports: sorted(ports),
      reachedBy: sorted(reachedBy),
    }))
    .sort((a, b) => (a.host < b.host ? -1 : 1));
}
