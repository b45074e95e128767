import type { Listener } from '../../envoy';
import type { ProxyContext } from '../proxy/proxy-context';
import { type Contribution, contributionsOn } from './contribution';
import { buildEntry } from './listener-entry';
import { buildOutboundListener } from './outbound-listener';

/** Outbound listeners of one proxy class, each made when it is looked up. */
export interface ListenerTable {
  readonly find: (address: string, port: number) => Listener | undefined;
}

/** Contributions of one port by the address that names the listener. */
interface PortTable {
  readonly byAddress: ReadonlyMap<string, readonly Contribution[]>;
  /** Further addresses of a listener, by the address that names it. */
  readonly aliases: ReadonlyMap<string, ReadonlySet<string>>;
}

function portTable(contributions: readonly Contribution[]): PortTable {
  const byAddress = new Map<string, Contribution[]>();
  const aliases = new Map<string, Set<string>>();
  for (const item of contributions) {
    const [address, ...others] = item.bind;
    const list = byAddress.get(address);
    if (list === undefined) byAddress.set(address, [item]);
    else list.push(item);
    for (const other of others) {
      const owners = aliases.get(other) ?? new Set();
      aliases.set(other, owners.add(address));
    }
  }
  return { byAddress, aliases };
}

export function listenerTable(context: ProxyContext): ListenerTable {
  const ports = new Map<number, PortTable>();
  const listeners = new Map<string, Listener | undefined>();
  const tableOf = (port: number) => {
    const known = ports.get(port);
    if (known !== undefined) return known;
    const table = portTable(contributionsOn(context, port));
    ports.set(port, table);
    return table;
  };
  const build = (address: string, port: number): Listener | undefined => {
    const contributions = tableOf(port).byAddress.get(address);
    const entry = contributions === undefined ? undefined : buildEntry(context, contributions);
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
    for (const owner of tableOf(port).aliases.get(address) ?? []) {
      const listener = own(owner, port);
      if (listener?.additionalAddresses?.includes(address) === true) return listener;
    }
    return undefined;
  };
  return { find };
}
