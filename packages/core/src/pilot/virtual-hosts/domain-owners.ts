import type { DomainLookup, DomainMatch, VirtualHost } from '../../envoy';
import type { MeshService } from '../../mesh';
import {
  domainName,
  hostText,
  possibleHosts,
  type ServiceDomains,
  serviceDomains,
} from './domains';
import {
  defaultGroup,
  type GroupContext,
  groupsOf,
  type HostGroup,
  isHttpOrSniffed,
} from './host-groups';
import { httpRules } from './http-rules';
import { mostSpecificVirtualService } from './most-specific';

/**
 * A virtual host that wants a domain. Of several the first in istiod's order gets it: VirtualServices, inside each the
 * hosts that no service has, then services; services without a VirtualService come last.
 */
interface Claim {
  readonly rank: readonly [number, number, number];
  readonly hostname: string;
  readonly service?: MeshService;
  readonly group: HostGroup;
}

const last = Number.POSITIVE_INFINITY;

function before(a: Claim, b: Claim): boolean {
  for (const [i, rank] of a.rank.entries()) {
    const other = b.rank[i] ?? 0;
    if (rank !== other) return rank < other;
  }
  return false;
}

/** Who owns which domain of the route configuration of one port, found without making the other virtual hosts. */
export class DomainOwners implements DomainLookup {
  private readonly groups = new Map<number, HostGroup | undefined>();
  private readonly owners = new Map<string, Claim | undefined>();
  private readonly domains = new Map<string, ServiceDomains>();
  private readonly hosts = new Map<string, VirtualHost>();
  private readonly oddWildcards: readonly string[];

  constructor(
    private readonly from: GroupContext,
    private readonly fallback: VirtualHost | undefined,
  ) {
    const rules = [...httpRules(from.egress).byHost.keys()];
    const services = from.candidates.wildcards.map(service => service.hostname.toLowerCase());
    this.oddWildcards = [...new Set([...rules, ...services])].filter(
      host => host.startsWith('*') && !host.startsWith('*.') && host !== '*',
    );
  }

  exact(domain: string): VirtualHost | undefined {
    const claim = this.claimOn(domain);
    return claim === undefined ? undefined : this.virtualHost(claim);
  }

  wildcard(host: string): DomainMatch | undefined {
    for (const domain of this.wildcardsFor(host)) {
      const virtualHost = this.exact(domain);
      if (virtualHost !== undefined) return { domain, virtualHost };
    }
    return undefined;
  }

  any(): VirtualHost | undefined {
    return this.exact('*') ?? this.fallback;
  }

  /** An address of an unordered service, or of several services, goes to one of them at random. */
  isUncertain(domain: string): boolean {
    const hosts = this.from.candidates.byAddress.get(unbracket(domain)) ?? [];
    if (hosts.length === 0 || this.plainClaims(domain).length > 0) return false;
    if (hosts.some(host => this.from.candidates.unordered.has(host))) return true;
    const claims = this.claimsOn(domain);
    return claims.length > 1 && claims.every(claim => claim.rank[0] === last);
  }

  /** The virtual host of a service as it is without regard to the Host header. */
  ofService(host: string): VirtualHost | undefined {
    const claim = this.ownerOf(host);
    return claim === undefined ? undefined : this.virtualHost(claim);
  }

  /** Wildcards that cover a host, the longest first. */
  private wildcardsFor(host: string): readonly string[] {
    const found = this.oddWildcards.filter(
      item => item.length <= host.length && host.endsWith(item.slice(1)),
    );
    for (let dot = host.indexOf('.', 1); dot > 0; dot = host.indexOf('.', dot + 1)) {
      found.push(`*${host.slice(dot)}`);
    }
    return found.sort((a, b) => b.length - a.length);
  }

  private groupAt(place: number): HostGroup | undefined {
    if (!this.groups.has(place)) {
      const item = httpRules(this.from.egress).items[place];
      const groups = item === undefined ? [] : groupsOf(this.from, item);
      this.groups.set(
        place,
        groups.find(group => group.port === this.from.port),
      );
    }
    return this.groups.get(place);
  }

  /** VirtualServices that may take a service, in order. */
  private placesFor(service: MeshService): readonly number[] {
    const { items, byHost } = httpRules(this.from.egress);
    const places = new Set(byHost.get(service.hostname.toLowerCase()));
    const best = mostSpecificVirtualService(this.from.egress, service.hostname);
    const place = best === undefined ? -1 : items.indexOf(best);
    if (place >= 0) places.add(place);
    return [...places].sort((a, b) => a - b);
  }

  private findOwner(host: string): Claim | undefined {
    const service = this.from.candidates.find(host);
    if (service === undefined) return undefined;
    const common = { hostname: service.hostname, service };
    for (const place of this.placesFor(service)) {
      const group = this.groupAt(place);
      const position = group?.services.indexOf(service) ?? -1;
      if (group !== undefined && position >= 0)
        return { ...common, rank: [place, 1, position], group };
    }
    const port = service.ports.find(isHttpOrSniffed);
    if (port === undefined || service.resolution === 'Alias') return undefined;
    const order = this.from.candidates.hosts.get(host) ?? 0;
    return {
      ...common,
      rank: [last, 1, order],
      group: defaultGroup(this.from.context, service, port),
    };
  }

  private ownerOf(host: string): Claim | undefined {
    if (!this.owners.has(host)) this.owners.set(host, this.findOwner(host));
    return this.owners.get(host);
  }

  private domainsOf(host: string, service: MeshService): ServiceDomains {
    const known = this.domains.get(host);
    if (known !== undefined) return known;
    const made = serviceDomains(this.from.context, service, 0);
    this.domains.set(host, made);
    return made;
  }

  /** Hosts of services that may have the domain. */
  private hostsFor(domain: string): Iterable<string> {
    const { candidates, context } = this.from;
    const names = domain.startsWith('*.') ? [domain, domain.slice(2)] : [domain];
    const full = names.flatMap(name => possibleHosts(context, name));
    const aliased = full.flatMap(host => candidates.byAlias.get(host) ?? []);
    const byAddress = names.flatMap(name => candidates.byAddress.get(unbracket(name)) ?? []);
    return new Set([...full.filter(host => candidates.hosts.has(host)), ...aliased, ...byAddress]);
  }

  private serviceClaim(host: string, domain: string): Claim | undefined {
    const owner = this.ownerOf(host);
    if (owner?.service === undefined) return undefined;
    const { domains, expanded } = this.domainsOf(host, owner.service);
    const is = (item: string) => item.toLowerCase() === domain;
    if (!domains.some(is)) return undefined;
    return expanded.some(is) && this.ownerOf(domain) !== undefined ? undefined : owner;
  }

  private plainClaims(domain: string): readonly Claim[] {
    const places = httpRules(this.from.egress).byHost.get(domain) ?? [];
    return places.flatMap((place): Claim[] => {
      const group = this.groupAt(place);
      const position = group?.plainHosts.indexOf(domain) ?? -1;
      if (group === undefined || position < 0) return [];
      return [{ rank: [place, 0, position], hostname: domain, group }];
    });
  }

  private claimsOn(domain: string): readonly Claim[] {
    const services = [...this.hostsFor(domain)];
    return [
      ...this.plainClaims(domain),
      ...services.flatMap(host => this.serviceClaim(host, domain) ?? []),
    ];
  }

  private claimOn(domain: string): Claim | undefined {
    let best: Claim | undefined;
    for (const claim of this.claimsOn(domain)) {
      if (best === undefined || before(claim, best)) best = claim;
    }
    return best;
  }

  private virtualHost(claim: Claim): VirtualHost {
    const name = domainName(claim.hostname.toLowerCase(), claim.group.port);
    const known = this.hosts.get(name);
    if (known !== undefined) return known;
    const { routes, origin } = claim.group;
    const made: VirtualHost = { name, domains: this.ownDomains(claim), routes, origin };
    this.hosts.set(name, made);
    return made;
  }

  private ownDomains(claim: Claim): readonly string[] {
    if (claim.service === undefined) return [hostText(claim.hostname)];
    const { domains } = this.domainsOf(claim.hostname.toLowerCase(), claim.service);
    return domains.filter(domain => this.claimOn(domain.toLowerCase())?.service === claim.service);
  }
}

const unbracket = (text: string) =>
  text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
