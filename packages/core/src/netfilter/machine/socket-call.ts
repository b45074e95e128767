import { type IpAddress, parseIp } from '../../net';
import {
  interfaceOf,
  isBroadcast,
  isLinkLocal,
  isLocalAddress,
  isMulticast,
  type Network,
  routeTo,
  sourceFor,
} from './network';
import type { LocalPacket } from './packet';

/** Why the socket call fails before there is a packet. */
export type SocketError = 'EINVAL' | 'EADDRNOTAVAIL' | 'ENETUNREACH' | 'EACCES';

/** What the socket call makes of a packet: the address it goes to, its source and the first route. */
export interface Start {
  readonly packet: LocalPacket;
  readonly source: IpAddress;
  readonly oif: string;
}

const anyV4 = '0.0.0.0';
const allHosts = '255.255.255.255';

/** The IPv4 address in `::ffff:192.0.2.1`: an IPv6 socket speaks IPv4 to it (`tcp_ipv6.c:tcp_v6_connect`). */
function mappedAddress(ip: IpAddress): IpAddress | undefined {
  return ip.startsWith('::ffff:') && ip.includes('.') ? parseIp(ip.slice(7)) : undefined;
}

/** The packet in the family that it is sent with. */
function inItsFamily(packet: LocalPacket): LocalPacket | { readonly error: SocketError } {
  const destination = mappedAddress(packet.destination);
  if (destination === undefined) return packet;
  const { boundSource: bound, ...rest } = packet;
  if (bound === undefined) return { ...rest, family: 4, destination };
  const boundSource = mappedAddress(bound);
  if (boundSource === undefined) return { error: 'ENETUNREACH' };
  return { ...rest, family: 4, destination, boundSource };
}

/** No address as destination is the process's own: its source, else loopback (`route.c:ip_route_output_key_hash_rcu`). */
function towardsSomebody(packet: LocalPacket): LocalPacket {
  const { destination, boundSource } = packet;
  if (destination === '::') return { ...packet, destination: '::1' as IpAddress };
  if (destination !== anyV4) return packet;
  return { ...packet, destination: boundSource ?? ('127.0.0.1' as IpAddress) };
}

/** To all hosts and to groups a bound source decides about the interface, not the routes (`route.c`, same place). */
function firstInterface(network: Network, packet: LocalPacket): string | undefined {
  const { destination, boundSource, boundInterface, mark = 0 } = packet;
  if (boundInterface !== undefined) return boundInterface;
  const bySource =
    packet.family === 4 && (destination === allHosts || isMulticast(destination))
      ? boundSource
      : undefined;
  const own = bySource === undefined ? undefined : interfaceOf(network, bySource);
  return own ?? routeTo(network, destination, mark);
}

/** `connect` looks the route up again with the source it chose, which has to be an address of the pod (`tcp_ipv4.c`). */
function foreignSource(
  network: Network,
  packet: LocalPacket,
  source: IpAddress,
): SocketError | undefined {
  const { family, protocol, transparent } = packet;
  if (family !== 4 || protocol !== 'tcp' || transparent === true) return undefined;
  if (isLocalAddress(network, source)) return undefined;
  return source === allHosts || isMulticast(source) ? 'EINVAL' : 'ENETUNREACH';
}

/**
 * TCP speaks to one host only, and to a link-local IPv6 address only where the interface is named; UDP needs
 * `SO_BROADCAST` (`tcp_ipv4.c:tcp_v4_connect`, `tcp_ipv6.c:tcp_v6_connect`, `udp.c:udp_sendmsg`).
 */
function unsuitable(network: Network, packet: LocalPacket): SocketError | undefined {
  const { destination, protocol, family, boundInterface } = packet;
  const broadcast = isBroadcast(network, destination);
  if (protocol === 'udp') return broadcast ? 'EACCES' : undefined;
  if (protocol !== 'tcp') return undefined;
  if (broadcast || isMulticast(destination)) return 'ENETUNREACH';
  const unnamed = family === 6 && isLinkLocal(destination) && boundInterface === undefined;
  return unnamed ? 'EINVAL' : undefined;
}

/** The socket call: a route and a source address, or its error. */
export function startOf(
  network: Network,
  given: LocalPacket,
): Start | { readonly error: SocketError } {
  const spoken = inItsFamily(given);
  if ('error' in spoken) return spoken;
  const packet = towardsSomebody(spoken);
  const { destination, boundSource, transparent } = packet;
  if (boundSource !== undefined && transparent !== true && !isLocalAddress(network, boundSource)) {
    return { error: 'EADDRNOTAVAIL' };
  }
  const oif = firstInterface(network, packet);
  if (oif === undefined) return { error: 'ENETUNREACH' };
  if (boundSource?.startsWith('127.') === true && oif !== 'lo') return { error: 'EINVAL' };
  const source = boundSource ?? sourceFor(network, destination, oif);
  if (source === undefined) return { error: 'ENETUNREACH' };
  const error = foreignSource(network, packet, source) ?? unsuitable(network, packet);
  return error === undefined ? { packet, source, oif } : { error };
}
