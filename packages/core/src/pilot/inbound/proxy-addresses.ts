import type { Proxy } from '../../mesh';
import { cidrContains, type IpAddress, parseCidr } from '../../net';

export interface LocalAddresses {
  /** Wildcard addresses, the preferred family first (`listener_address.go:getWildcardsAndLocalHost`). */
  readonly wildcards: readonly [string, ...string[]];
  readonly localhost: string;
}

export function localAddresses(proxy: Proxy): LocalAddresses {
  if (proxy.ipMode === 'IPv6') return { wildcards: ['::'], localhost: '::1' };
  return {
    wildcards: proxy.ipMode === 'Dual' ? ['0.0.0.0', '::'] : ['0.0.0.0'],
    localhost: '127.0.0.1',
  };
}

const special = [
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '::1/128',
  'fe80::/10',
  'ff00::/8',
].flatMap(text => parseCidr(text) ?? []);

/** First address of the pod that is neither loopback nor link-local nor multicast (Go's `net.IP.IsGlobalUnicast`). */
export function globalUnicastIp(proxy: Proxy): IpAddress | undefined {
  return proxy.ips.find(ip => special.every(range => !cidrContains(range, ip)));
}
