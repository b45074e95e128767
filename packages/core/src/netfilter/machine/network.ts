import {
  type Cidr,
  cidrContains,
  type IpAddress,
  type IpFamily,
  ipFamily,
  ipv4Bits,
} from '../../net';

/** An interface of the network namespace with its addresses, the first of a family being the primary one. */
export interface Interface {
  readonly name: string;
  readonly addresses: readonly Cidr[];
}

/** `destination via ... dev interface`; the longest prefix wins. */
export interface Route {
  readonly destination: Cidr;
  readonly interface: string;
}

/** `ip rule fwmark <mark> lookup <table>` whose table holds `local default dev lo`. */
export interface LocalMarkRule {
  readonly mark: number;
}

/** What routing needs to know of a pod. */
export interface Network {
  readonly interfaces: readonly Interface[];
  readonly routes: readonly Route[];
  /** TPROXY sets: packets with this mark are delivered locally. */
  readonly localMark?: LocalMarkRule;
  /** `net.ipv4.ip_forward` and its IPv6 counterpart. */
  readonly forwarding: boolean;
}

const loopbackV4 = (ip: string) => ip.startsWith('127.');

/** Local are 127/8, ::1 and every address of every interface (the `local` routing table). */
export function isLocalAddress(network: Network, ip: IpAddress): boolean {
  if (loopbackV4(ip) || ip === '::1') return true;
  return network.interfaces.some(({ addresses }) =>
    addresses.some(({ address }) => address === ip),
  );
}

/** The interface that has the address; 127/8 is all of `lo`. */
export function interfaceOf(network: Network, ip: IpAddress): string | undefined {
  if (loopbackV4(ip)) return 'lo';
  return network.interfaces.find(({ addresses }) => addresses.some(({ address }) => address === ip))
    ?.name;
}

/** Groups: 224.0.0.0/4 and ff00::/8. */
export const isMulticast = (ip: IpAddress) => /^(22[4-9]|23\d)\.|^ff..:/.test(ip);

/** Interface whose subnet `ip` is the broadcast address of; /31 and /32 have none (`fib_frontend.c:fib_add_ifaddr`). */
const broadcastInterface = (network: Network, ip: IpAddress) =>
  /\.(\d*[13579])$/.test(ip)
    ? network.interfaces.find(({ addresses }) => addresses.some(cidr => isLastOf(cidr, ip)))?.name
    : undefined;

function isLastOf({ family, address, length }: Cidr, ip: IpAddress): boolean {
  if (family !== 4 || length > 30 || ipFamily(ip) !== 4) return false;
  const hostBits = length === 0 ? -1 : (1 << (32 - length)) - 1;
  return (ipv4Bits(address) | hostBits) === ipv4Bits(ip);
}

/** To every host: 255.255.255.255, or the last address of a subnet of the pod. */
export const isBroadcast = (network: Network, ip: IpAddress) =>
  ip === '255.255.255.255' || broadcastInterface(network, ip) !== undefined;

/** Interface that a packet to `ip` leaves by: `lo` for local addresses and for the mark of a TPROXY rule. */
export function routeTo(network: Network, ip: IpAddress, mark: number): string | undefined {
  if (isLocalAddress(network, ip)) return 'lo';
  const broadcast = broadcastInterface(network, ip);
  if (broadcast !== undefined) return broadcast;
  if (network.localMark !== undefined && mark === network.localMark.mark) return 'lo';
  const onLink = network.interfaces.find(({ addresses }) =>
    addresses.some(cidr => cidrContains(cidr, ip)),
  );
  if (onLink !== undefined) return onLink.name;
  const fitting = network.routes.filter(({ destination }) => cidrContains(destination, ip));
  return fitting.sort((a, b) => b.destination.length - a.destination.length)[0]?.interface;
}

/** fe80::/10. */
export const isLinkLocal = (ip: string) => /^fe[89ab].:/.test(ip);
/** Scope of an address: a group of link scope is reached from a link-local one. */
const linkLocal = (ip: string) => isLinkLocal(ip) || /^ff.2:/.test(ip);

/** First address of the family on the interface; of IPv6 one with the scope that is asked for. */
export function primaryAddress(
  network: Network,
  name: string,
  family: IpFamily,
  scopeOf?: IpAddress,
): IpAddress | undefined {
  const own = network.interfaces.find(item => item.name === name)?.addresses ?? [];
  const fitting = own.filter(cidr => cidr.family === family).map(cidr => cidr.address);
  if (family === 4 || scopeOf === undefined) return fitting[0];
  return fitting.filter(ip => linkLocal(ip) === linkLocal(scopeOf)).at(-1);
}

/**
 * Source that routing chooses for a packet to `ip`. Where only the mark makes an address local, IPv4 takes the
 * destination itself (`route.c`, measured); IPv6 prefers an address of the interface that is not loopback (RFC 6724).
 */
export function sourceFor(network: Network, ip: IpAddress, oif: string): IpAddress | undefined {
  if (isLocalAddress(network, ip)) return loopbackV4(ip) ? ('127.0.0.1' as IpAddress) : ip;
  if (!ip.includes(':')) return oif === 'lo' ? ip : primaryAddress(network, oif, 4);
  const usable = network.interfaces.flatMap(({ name, addresses }) =>
    addresses
      .filter(({ address, family }) => family === 6 && address !== '::1')
      .map(({ address }) => ({ name, address })),
  );
  const reaching = usable.filter(item => linkLocal(item.address) === linkLocal(ip));
  const own = reaching.find(({ name }) => name === oif) ?? reaching[0];
  return own?.address ?? primaryAddress(network, oif, 6);
}
