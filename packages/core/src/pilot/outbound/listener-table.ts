import type { Listener } from '../../envoy';
import type { ProxyContext } from '../proxy/proxy-context';
import { buildEntry, type SeedGroup } from './listener-entry';
import { buildOutboundListener } from './outbound-listener';
import { seedTable } from './seed-table';

/** Outbound listeners of one proxy class, each made when it is looked up. */
export interface ListenerTable {
  readonly find: (address: string, port: number) => Listener | undefined;
}

function seedsFor(context: ProxyContext, address: string, port: number): readonly SeedGroup[] {
  return context.scope.egress.map(egress => ({
    egress,
    seeds: seedTable(context, egress, port).byAddress.get(address) ?? [],
  }));
}

/** Addresses that name listeners which also stand on this one. */
function ownersOf(context: ProxyContext, address: string, port: number): readonly string[] {
  return context.scope.egress.flatMap(egress => [
    ...(seedTable(context, egress, port).aliases.get(address) ?? []),
  ]);
}

export function listenerTable(context: ProxyContext): ListenerTable {
  const listeners = new Map<string, Listener | undefined>();
  const build = (address: string, port: number): Listener | undefined => {
    const entry = buildEntry(context, seedsFor(context, address, port));
    return entry === undefined ? undefined : buildOutboundListener(context, entry);
  };
  const own = (address: string, port: number) => {
    const key = `${address}_${port}`;
    if (!listeners.has(key)) listeners.set(key, build(address, port));
    return listeners.get(key);
  };
  const find = (address: string, port: number) => {
    const direct = own(address, port);
    if (direct !== undefined) return direct;
    for (const owner of ownersOf(context, address, port)) {
      const listener = own(owner, port);
      if (listener?.additionalAddresses?.includes(address) === true) return listener;
    }
    return undefined;
  };
  return { find };
}
