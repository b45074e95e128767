import type { Listener } from '../../envoy';
import type { ProxyContext } from '../proxy/proxy-context';
import { buildEntry, type SeedGroup } from './listener-entry';
import { buildOutboundListener } from './outbound-listener';
import { seedTable } from './seed-table';

/** Outbound listeners of one proxy class, each made when it is looked up. */
export interface ListenerTable {
  readonly find: (address: string, port: number) => Listener | undefined;
}

/** Seeds for an address, but for those that stand for an endpoint at `own`: a pod has no listener for itself. */
function seedsFor(
  context: ProxyContext,
  at: { readonly address: string; readonly port: number },
  own: string | undefined,
): readonly SeedGroup[] {
  return context.scope.egress.map(egress => {
    const seeds = seedTable(context, egress, at.port).byAddress.get(at.address) ?? [];
    const isOwn = at.address === own;
    return { egress, seeds: isOwn ? seeds.filter(seed => seed.perEndpoint !== true) : seeds };
  });
}

/** Addresses that name listeners which also stand on this one. */
function ownersOf(context: ProxyContext, address: string, port: number): readonly string[] {
  return context.scope.egress.flatMap(egress => [
    ...(seedTable(context, egress, port).aliases.get(address) ?? []),
  ]);
}

/** `own` is the pod's first address when the table is for one proxy; absent: for the whole class. */
export function listenerTable(context: ProxyContext, own?: string): ListenerTable {
  const listeners = new Map<string, Listener | undefined>();
  const build = (address: string, port: number): Listener | undefined => {
    const entry = buildEntry(context, seedsFor(context, { address, port }, own));
    return entry === undefined ? undefined : buildOutboundListener(context, entry);
  };
  const at = (address: string, port: number) => {
    const key = `${address}_${port}`;
    if (!listeners.has(key)) listeners.set(key, build(address, port));
    return listeners.get(key);
  };
  const find = (address: string, port: number) => {
    const direct = at(address, port);
    if (direct !== undefined) return direct;
    for (const owner of ownersOf(context, address, port)) {
      const listener = at(owner, port);
      if (listener?.additionalAddresses?.includes(address) === true) return listener;
    }
    return undefined;
  };
  return { find };
}
