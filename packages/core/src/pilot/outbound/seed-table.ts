import { type EgressScope, type Mesh, type MeshService, usesAutoAllocated } from '../../mesh';
import type { ProxyContext } from '../proxy/proxy-context';
import { type Seed, seedsOn } from './contribution';

/** Seeds of one egress listener and port by the address that names the listener. */
export interface SeedTable {
  readonly byAddress: ReadonlyMap<string, readonly Seed[]>;
  /** Further addresses of a listener, with the addresses that name it. */
  readonly aliases: ReadonlyMap<string, ReadonlySet<string>>;
}

function buildTable(seeds: readonly Seed[]): SeedTable {
  const byAddress = new Map<string, Seed[]>();
  const aliases = new Map<string, Set<string>>();
  for (const seed of seeds) {
    const [address, ...others] = seed.bind;
    const list = byAddress.get(address);
    if (list === undefined) byAddress.set(address, [seed]);
    else list.push(seed);
    for (const other of others) {
      const owners = aliases.get(other) ?? new Set();
      aliases.set(other, owners.add(address));
    }
  }
  return { byAddress, aliases };
}

/** All that seeds depend on beside the services themselves. */
function inputsKey({ mesh, proxy }: ProxyContext, egress: EgressScope, port: number): string {
  const { listener } = egress;
  return JSON.stringify([
    port,
    proxy.ipMode,
    proxy.interceptionMode === 'NONE',
    usesAutoAllocated(mesh, proxy),
    proxy.metadata.UNPRIVILEGED_POD ?? null,
    listener?.port ?? null,
    listener?.bind ?? null,
    listener?.captureMode ?? null,
  ]);
}

type Tables = WeakMap<readonly MeshService[], Map<string, SeedTable>>;
const tables = new WeakMap<Mesh, Tables>();

function tablesOf(mesh: Mesh, services: readonly MeshService[]): Map<string, SeedTable> {
  const ofMesh: Tables = tables.get(mesh) ?? new WeakMap();
  tables.set(mesh, ofMesh);
  const known = ofMesh.get(services) ?? new Map<string, SeedTable>();
  ofMesh.set(services, known);
  return known;
}

/** The seeds of an egress listener on a port, shared by all proxies that import the same services. */
export function seedTable(context: ProxyContext, egress: EgressScope, port: number): SeedTable {
  const known = tablesOf(context.mesh, egress.services);
  const key = inputsKey(context, egress, port);
  const shared = known.get(key);
  if (shared !== undefined) return shared;
  const table = buildTable(seedsOn(context, egress, port));
  known.set(key, table);
  return table;
}
