import { ipFamily, parseIp } from '../../net';

/** What the program reads in the pod's network namespace. */
export interface PodNetwork {
  /** Addresses in the order the kernel lists them, with or without `/length`, loopback included. */
  readonly interfaceAddresses: readonly string[];
  /** The `nameserver` lines of /etc/resolv.conf, or the servers already read from it. */
  readonly nameservers: readonly string[] | DnsServers;
}

export interface DnsServers {
  readonly v4: readonly string[];
  readonly v6: readonly string[];
}

/**
 * Whether IPv6 rules are written; `undefined` when the pod has no address but loopback and link-local ones. Without dual
 * stack the first remaining address decides, with it one IPv6 address is enough (tools/common/config/config.go:getLocalIP).
 */
export function usesIpv6(addresses: readonly string[], dualStack: boolean): boolean | undefined {
  const families = addresses.flatMap(text => {
    const family = usableFamily(text.split('/')[0] ?? '');
    return family === undefined ? [] : [family];
  });
  if (families.length === 0) return undefined;
  return dualStack ? families.includes(6) : families[0] === 6;
}

function usableFamily(text: string): 4 | 6 | undefined {
  const mapped = parseIp(text)?.replace(/^::ffff:(?=\d+\.)/, '');
  const ip = mapped === undefined ? undefined : parseIp(mapped);
  if (ip === undefined) return undefined;
  const unusable =
    ipFamily(ip) === 4
      ? /^(127|169\.254|224\.0\.0)\./.test(ip)
      : /^(::1$|fe[89ab][0-9a-f]:|ff.2:)/.test(ip);
  return unusable ? undefined : ipFamily(ip);
}

/** The name servers that are addresses, canonical, by family; a zone stays (pkg/util/net/ip.go:IPsSplitV4V6). */
export function dnsServers(nameservers: PodNetwork['nameservers']): DnsServers {
  if ('v4' in nameservers) return nameservers;
  const addresses = nameservers.flatMap(line => {
    const text = line.trim().split(/\s+/)[0] ?? '';
    const percent = text.indexOf('%');
    const zone = percent < 0 ? '' : text.slice(percent);
    const ip = parseIp(percent < 0 ? text : text.slice(0, percent));
    const usable = ip !== undefined && (zone === '' || (zone !== '%' && ipFamily(ip) === 6));
    return usable ? [{ family: ipFamily(ip), text: `${ip}${zone}` }] : [];
  });
  const of = (family: number) =>
    addresses.filter(address => address.family === family).map(address => address.text);
  return { v4: of(4), v6: of(6) };
}
