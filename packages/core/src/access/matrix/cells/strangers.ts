import {
  derive,
  getOrMake,
  isVisible,
  type Mesh,
  type MeshService,
  type MeshVirtualService,
  type SidecarScope,
  selectingPolicies,
  servicesNamed,
  sidecarScopeOf,
} from '../../../mesh';
import { type Cidr, cidrContains, type IpAddress, parseCidr, parseIp } from '../../../net';
import type { Ruleset } from '../../../netfilter';
import { type AssumedAddress, assumedAddressOf, type PodStack, stackAt } from '../../../simulation';
import type { Target } from '../targets';

/*
 * A host is a stranger to a pod when nothing that decides the pod's calls names it: no service or VirtualService in the
 * scope of its proxy, no name of the cluster's DNS. Calls to two strangers then differ only by the address that is
 * dialled and by how the registry's objects of the host stand to the proxy, so that one answer does for all with the same
 * of both.
 */

interface Names {
  readonly exact: ReadonlySet<string>;
  /** Domains of wildcards, without `*.`; the empty one stands for `*`. */
  readonly domains: ReadonlySet<string>;
}

function namesOf(hosts: readonly string[]): Names {
  const exact = new Set<string>();
  const domains = new Set<string>();
  for (const host of hosts) {
    const lower = host.toLowerCase();
    if (lower.startsWith('*')) domains.add(lower.replace(/^\*\.?/, ''));
    else exact.add(lower);
  }
  return { exact, domains };
}

function suffixesOf(name: string): readonly string[] {
  const labels = name.split('.');
  return [...labels.map((_, i) => labels.slice(i).join('.')), ''];
}

const names = (list: Names, host: string, suffixes: readonly string[]) =>
  list.exact.has(host) || (list.domains.size > 0 && suffixes.some(item => list.domains.has(item)));

interface Addresses {
  readonly exact: ReadonlySet<string>;
  readonly ranges: readonly Cidr[];
}

function addressesOf(services: readonly MeshService[]): Addresses {
  const exact = new Set<string>();
  const ranges: Cidr[] = [];
  for (const { defaultAddress, clusterVips, autoAllocated } of services) {
    for (const text of [defaultAddress, ...clusterVips, ...Object.values(autoAllocated)]) {
      const range = text.includes('/') ? parseCidr(text) : undefined;
      if (range === undefined) exact.add(text);
      else ranges.push(range);
    }
  }
  return { exact, ranges };
}

interface ServiceIndex {
  readonly names: Names;
  readonly addresses: Addresses;
}

/** By list, which scopes that import the same share. */
const serviceIndexes = new WeakMap<readonly MeshService[], ServiceIndex>();
const routeIndexes = new WeakMap<readonly MeshVirtualService[], Names>();

function kept<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

const serviceIndex = (services: readonly MeshService[]) =>
  kept(serviceIndexes, services, () => ({
    names: namesOf(services.map(({ hostname }) => hostname)),
    addresses: addressesOf(services),
  }));
const routeIndex = (routes: readonly MeshVirtualService[]) =>
  kept(routeIndexes, routes, () =>
    namesOf(
      routes.flatMap(({ hosts, tls }) => [
        ...hosts,
        ...tls.flatMap(rule => rule.match.flatMap(({ sniHosts }) => sniHosts ?? [])),
      ]),
    ),
  );

interface ScopeIndex {
  readonly services: readonly ServiceIndex[];
  readonly routes: readonly Names[];
  readonly binds: ReadonlySet<string>;
}

const scopeIndexes = new WeakMap<SidecarScope, ScopeIndex>();

const scopeIndex = (scope: SidecarScope): ScopeIndex =>
  kept(scopeIndexes, scope, () => ({
    services: [...new Set([scope.services, ...scope.egress.map(({ services }) => services)])].map(
      serviceIndex,
    ),
    routes: [...new Set(scope.egress.map(({ virtualServices }) => virtualServices))].map(
      routeIndex,
    ),
    binds: new Set(scope.egress.flatMap(({ listener }) => listener?.bind ?? [])),
  }));

/** First two labels of every name in the cluster's domain: all shorter forms of them start the same. */
const clusterPairs = derive(
  mesh => [mesh.services, mesh.resources.endpointSlices, mesh.clusterDomain],
  mesh => {
    const pairs = new Set<string>();
    for (const { hostname } of mesh.services) {
      const lower = hostname.toLowerCase();
      if (lower.endsWith(`.${mesh.clusterDomain}`)) pairs.add(lower.split('.', 2).join('.'));
    }
    for (const { metadata, spec } of mesh.resources.endpointSlices) {
      const service = metadata.labels['kubernetes.io/service-name'] ?? '';
      for (const { hostname } of spec.endpoints) {
        if (hostname !== undefined) pairs.add(`${hostname}.${service}`.toLowerCase());
      }
    }
    return pairs;
  },
);

const plainName = /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/;

/** A public name that no search list and no short form makes a name of the cluster. */
function isPublicName(mesh: Mesh, name: string): boolean {
  if (!plainName.test(name) || parseIp(name) !== undefined) return false;
  const labels = name.split('.');
  if (labels.includes('svc') || name.endsWith(mesh.clusterDomain)) return false;
  const pairs = clusterPairs(mesh);
  return labels.every((label, i) => !pairs.has(`${label}.${labels[i + 1] ?? ''}`));
}

/** Addresses that stand for something of the mesh, whoever calls. */
const meshAddresses = derive(
  mesh => [mesh.services, mesh.resources.endpointSlices, mesh.resources.workloadEntries],
  mesh =>
    new Set<string>([
      ...mesh.services.flatMap(({ clusterVips }) => clusterVips),
      ...mesh.resources.endpointSlices.flatMap(({ spec }) =>
        spec.endpoints.flatMap(({ addresses }) => addresses),
      ),
      ...mesh.resources.workloadEntries.map(({ spec }) => spec.address ?? ''),
    ]),
);

const rulesetRanges = new WeakMap<Ruleset, readonly Cidr[]>();

function rangesOf(ruleset: Ruleset): readonly Cidr[] {
  return kept(rulesetRanges, ruleset, () =>
    [...ruleset.v4, ...ruleset.v6].flatMap(({ chains }) =>
      chains.flatMap(({ rules }) =>
        rules.flatMap(({ matches }) =>
          matches.flatMap(match =>
            match.kind === 'destination' || match.kind === 'source' ? [match.cidr] : [],
          ),
        ),
      ),
    ),
  );
}

/** Addresses that the kernel itself treats apart. */
const special = /^(?:0|127|169|22[4-9]|2[345]\d)\.|:/;

/** A name as every pod without and with a proxy would dial it, and the registry's objects of it. */
export interface Stranger {
  readonly name: string;
  readonly suffixes: readonly string[];
  readonly services: readonly MeshService[];
  readonly address: (hasProxy: boolean) => AssumedAddress;
}

/** What is the same of a host for all pods; `undefined` when it cannot be a stranger. */
export function strangerOf(mesh: Mesh, { sample }: Target): Stranger | undefined {
  if (!isPublicName(mesh, sample)) return undefined;
  const known = [assumedAddressOf(mesh, sample, false), assumedAddressOf(mesh, sample, true)];
  return {
    name: sample,
    suffixes: suffixesOf(sample),
    services: servicesNamed(mesh, sample),
    address: hasProxy => known[hasProxy ? 1 : 0] ?? assumedAddressOf(mesh, sample, hasProxy),
  };
}

function isNamedIn(index: ScopeIndex, { name, suffixes }: Stranger): boolean {
  return (
    index.services.some(item => names(item.names, name, suffixes)) ||
    index.routes.some(item => names(item, name, suffixes))
  );
}

function isAddressIn(index: ScopeIndex, address: IpAddress): boolean {
  return (
    index.binds.has(address) ||
    index.services.some(
      ({ addresses: { exact, ranges } }) =>
        exact.has(address) || ranges.some(range => cidrContains(range, address)),
    )
  );
}

/** Policies with ranges tell addresses apart. */
function hasEgressPolicies(mesh: Mesh, { view }: PodStack): boolean {
  const { surely, perhaps } = selectingPolicies(mesh, view, 'egress');
  return surely.length + perhaps.length > 0;
}

function addressKey(mesh: Mesh, stack: PodStack, text: string, index: ScopeIndex | undefined) {
  const address = parseIp(text);
  const isOwn =
    address === undefined ||
    special.test(address) ||
    meshAddresses(mesh).has(address) ||
    stackAt(mesh, address) !== undefined ||
    (index !== undefined && isAddressIn(index, address));
  if (isOwn || hasEgressPolicies(mesh, stack)) return text;
  const { rules } = stack;
  if (rules === undefined) return '';
  return rangesOf(rules.ruleset)
    .map(range => (cidrContains(range, address) ? '1' : '0'))
    .join('');
}

const visibility = ({ services }: Stranger, namespace: string, port: number) =>
  services
    .filter(({ ports }) => ports.some(item => item.port === port))
    .map(service => (isVisible(service, namespace) ? 'v' : 'h'))
    .join('');

const withoutRules = new WeakMap<Stranger, Map<boolean, string>>();

/** Nothing but the address counts for pods whose calls meet neither rules nor Envoy. */
function keyWithoutRules(
  mesh: Mesh,
  stack: PodStack,
  stranger: Stranger,
  { port, protocol }: Target,
): string {
  if (hasEgressPolicies(mesh, stack)) {
    const { address, given } = stranger.address(stack.proxy !== undefined);
    return [port, protocol, given, address].join(' ');
  }
  const keys = kept(withoutRules, stranger, () => new Map<boolean, string>());
  const hasProxy = stack.proxy !== undefined;
  return getOrMake(keys, hasProxy, () => {
    const { address, given } = stranger.address(hasProxy);
    return [port, protocol, given, addressKey(mesh, stack, address, undefined)].join(' ');
  });
}

/** Hosts with the same key have the same answer in the pod's class; `undefined` when the host is no stranger to it. */
export function strangerKey(
  mesh: Mesh,
  stack: PodStack,
  stranger: Stranger,
  target: Target,
): string | undefined {
  const { port, protocol } = target;
  const { proxy, rules } = stack;
  if (rules === undefined) return keyWithoutRules(mesh, stack, stranger, target);
  const reachesEnvoy = proxy !== undefined;
  const index = reachesEnvoy ? scopeIndex(sidecarScopeOf(mesh, proxy.proxy)) : undefined;
  if (index !== undefined && isNamedIn(index, stranger)) return undefined;
  const { address, given } = stranger.address(proxy !== undefined);
  return [
    port,
    protocol,
    given,
    addressKey(mesh, stack, address, index),
    reachesEnvoy ? visibility(stranger, stack.namespace, port) : '',
  ].join(' ');
}

/**
 * Hosts with the same key have the same answer for all pods of one `wideClassOf`: strangers as they are in each class, and
 * a host that the scope names by the way its registry's objects stand to the namespace. `undefined` when a VirtualService
 * names the host, whose routes may lead anywhere.
 */
export function wideKey(
  mesh: Mesh,
  stack: PodStack,
  stranger: Stranger,
  target: Target,
): string | undefined {
  const { proxy, rules, namespace } = stack;
  const { host, port, protocol } = target;
  const strange = strangerKey(mesh, stack, stranger, target);
  if (strange !== undefined) return `stranger ${strange}`;
  if (proxy === undefined || rules === undefined) return undefined;
  const { routes } = scopeIndex(sidecarScopeOf(mesh, proxy.proxy));
  const isRouted = routes.some(item => names(item, stranger.name, stranger.suffixes));
  if (isRouted) return undefined;
  return ['named', host, port, protocol, visibility(stranger, namespace, port)].join(' ');
}

/** Whether the `wideKey` of a host is the same in every namespace: nothing of it is hidden from one. */
export const isAlikeEverywhere = ({ rules }: PodStack, { services }: Stranger, port: number) =>
  rules === undefined ||
  services.every(
    ({ ports, exportTo }) => exportTo.includes('*') || ports.every(item => item.port !== port),
  );
