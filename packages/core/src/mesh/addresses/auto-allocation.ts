import { isWildcardHost, parseIp } from '../../net';
import type { ServiceEntry } from '../../resources';
import { sortByCreation } from '../creation-order';
import type { FeatureFlags } from '../mesh';
import type { MeshService } from '../registry/service';

type Allocated = MeshService['autoAllocated'];

/** Key of a host of a ServiceEntry in the table of assumed addresses. */
export function allocationKey(entry: ServiceEntry, host: string): string {
  return `serviceentry/${entry.metadata.namespace ?? ''}/${entry.metadata.name}/${host}`;
}

const optOut = 'networking.istio.io/enable-autoallocate-ip';

/** `pilot/pkg/networking/serviceentry/ip_autoallocation.go:shouldV2AutoAllocateIPFromPieces`. */
export function isEligible(entry: ServiceEntry): boolean {
  const { labels } = entry.metadata;
  const label = Object.hasOwn(labels, optOut) ? labels[optOut] : undefined;
  return (
    entry.spec.resolution !== 'NONE' &&
    entry.spec.addresses.length === 0 &&
    label?.toLowerCase() !== 'false'
  );
}

/** Hosts that get an address: no wildcards, except with DYNAMIC_DNS (`ipallocate.go:keepHost`). */
function allocatedHosts({ spec }: ServiceEntry): readonly string[] {
  return spec.hosts.filter(host => !isWildcardHost(host) || spec.resolution === 'DYNAMIC_DNS');
}

function written(entry: ServiceEntry): ReadonlyMap<string, Allocated> {
  const byHost = new Map<string, { ipv4?: string; ipv6?: string }>();
  for (const { host = '', value } of entry.spec.allocated) {
    const ip = parseIp(value);
    if (ip === undefined) continue;
    const known = byHost.get(host) ?? {};
    const family = ip.includes(':') ? 'ipv6' : 'ipv4';
    byHost.set(host, { ...known, [family]: known[family] ?? ip });
  }
  return byHost;
}

interface Pool {
  readonly next: () => string | undefined;
}

function ipv4Pool(prefix: string, used: ReadonlySet<string>): Pool {
  const [address = '', length = '16'] = prefix.split('/');
  const [a = 240, b = 240, c = 0, d = 0] = address.split('.').map(Number);
  const base = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - Number(length));
  let offset = 0;
  const at = (value: number) => [24, 16, 8, 0].map(shift => (value >>> shift) & 255).join('.');
  return {
    next: () => {
      do offset += 1;
      while (offset < size && used.has(at(base + offset)));
      return offset < size ? at(base + offset) : undefined;
    },
  };
}

function ipv6Pool(prefix: string, used: ReadonlySet<string>): Pool {
  const [address = '2001:2::'] = prefix.split('/');
  const base = address.endsWith('::') ? address : `${address}::`;
  let offset = 0;
  return {
    next: () => {
      let candidate: string | undefined;
      do {
        offset += 1;
        const high = Math.floor(offset / 65536);
        const low = (offset % 65536).toString(16);
        candidate = parseIp(`${base}${high === 0 ? low : `${high.toString(16)}:${low}`}`);
      } while (candidate !== undefined && used.has(candidate));
      return candidate;
    },
  };
}

export interface Allocation {
  readonly of: (entry: ServiceEntry, host: string) => Allocated;
  /** Hosts whose address is ours, by `allocationKey`. */
  readonly assumed: ReadonlyMap<string, Allocated>;
}

function usedAddresses(entries: readonly ServiceEntry[]): ReadonlySet<string> {
  return new Set(
    entries.flatMap(({ spec }) => [...spec.addresses, ...spec.allocated.map(item => item.value)]),
  );
}

/**
 * Auto-allocated addresses: those of `status.addresses`, which an object read from a cluster shows if it has any. A
 * manifest that no cluster has stored yet gets the next free ones of the prefix, in the order of name and namespace, its hosts
 * in turn; istiod takes them in the order in which it meets the entries, so these are an assumption
 * (`pilot/pkg/controllers/ipallocate/ipallocate.go`).
 */
export function allocateAddresses(
  entries: readonly ServiceEntry[],
  flags: FeatureFlags,
  fixed: Readonly<Record<string, string>> = {},
): Allocation {
  const byEntry = new Map<ServiceEntry, ReadonlyMap<string, Allocated>>();
  const assumed = new Map<string, Allocated>();
  const used = usedAddresses(entries);
  const v4 = ipv4Pool(flags.value('PILOT_IP_AUTOALLOCATE_IPV4_PREFIX'), used);
  const v6 = ipv6Pool(flags.value('PILOT_IP_AUTOALLOCATE_IPV6_PREFIX'), used);
  const enabled = flags.enabled('PILOT_ENABLE_IP_AUTOALLOCATE');
  for (const entry of sortByCreation(entries, item => item.metadata)) {
    const fromCluster = entry.metadata.creationTimestamp !== undefined;
    if (fromCluster || entry.spec.allocated.length > 0 || !enabled || !isEligible(entry)) {
      byEntry.set(entry, written(entry));
      continue;
    }
    const hosts = new Map<string, Allocated>();
    for (const host of allocatedHosts(entry)) {
      const key = allocationKey(entry, host);
      const given = Object.hasOwn(fixed, key) ? fixed[key]?.split(',') : undefined;
      const ipv4 = given === undefined ? v4.next() : given[0];
      const ipv6 = given === undefined ? v6.next() : given[1];
      const pair = {
        ...(ipv4 === undefined ? {} : { ipv4 }),
        ...(ipv6 === undefined ? {} : { ipv6 }),
      };
      hosts.set(host, pair);
      assumed.set(key, pair);
    }
    byEntry.set(entry, hosts);
  }
  return { of: (entry, host) => byEntry.get(entry)?.get(host) ?? {}, assumed };
}
