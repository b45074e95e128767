import { parseIp } from '../../net';
import type { Origin } from '../../origin';
import { addressesFor, usesAutoAllocated } from '../addresses/service-addresses';
import { derive, getOrMake, pushTo } from '../derive';
import type { MeshEndpoint } from '../endpoints/endpoint';
import { endpointsByPort } from '../endpoints/endpoints';
import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import { type MeshService, unspecifiedAddress } from '../registry/service';
import { sidecarScopeOf } from '../scope/scope-of';
import type { SidecarScope } from '../scope/sidecar-scope';
import { versionHas } from '../versions';

/** What the agent answers for one name. */
export interface NameEntry {
  readonly addresses: readonly string[];
  readonly registry: 'kubernetes' | 'external';
  /** Set for names that also have short forms: Kubernetes Services and their pods. */
  readonly shortName?: { readonly name: string; readonly namespace: string };
  readonly origin: Origin;
}

/** Names that the agent's DNS proxy answers itself, by full name (`pkg/dns/server/name_table.go:BuildNameTable`). */
export type NameTable = ReadonlyMap<string, NameEntry>;

interface Building {
  readonly mesh: Mesh;
  readonly table: Map<string, NameEntry>;
  readonly allPorts: boolean;
}

/** A network without a name is every network (`pilot/pkg/model/context.go:InNetwork`). */
const sameNetwork = (one: string, other: string) => one === other || one === '' || other === '';

/** Endpoints that DNS tells: healthy ones, or all when the Service publishes those that are not ready, of the proxy's network. */
function headlessEndpoints({ mesh, allPorts }: Building, service: MeshService) {
  const ports = allPorts ? service.ports : service.ports.slice(0, 1);
  const found = ports.flatMap(({ port }) => endpointsByPort(mesh, service, port));
  const isHealthy = ({ health, healthUnset }: MeshEndpoint) =>
    health === 'healthy' && healthUnset !== true;
  return found.filter(
    item =>
      (service.publishNotReadyAddresses || isHealthy(item)) &&
      sameNetwork(item.network, mesh.options.network ?? '') &&
      parseIp(item.address) !== undefined,
  );
}

/** An endpoint that several ports of a service have is told once. */
const addressesOnce = (endpoints: readonly MeshEndpoint[]) => [
  ...new Set(endpoints.map(({ address }) => address)),
];

/** `hostname.subdomain.namespace.svc…` of the pods behind a headless Service. */
function addPodNames(
  { table }: Building,
  service: MeshService,
  endpoints: readonly MeshEndpoint[],
): void {
  const dot = service.hostname.indexOf('.');
  const byName = new Map<string, MeshEndpoint[]>();
  for (const endpoint of endpoints) {
    const { hostname = '', subdomain = '' } = endpoint;
    if (subdomain !== '' && dot >= 0) pushTo(byName, `${hostname}.${subdomain}`, endpoint);
  }
  for (const [name, own] of byName) {
    const [first] = own;
    if (first === undefined) continue;
    table.set(`${name}${service.hostname.slice(dot)}`, {
      addresses: addressesOnce(own),
      registry: service.registry,
      shortName: { name, namespace: service.namespace },
      origin: first.origin,
    });
  }
}

function addressesOf(building: Building, service: MeshService, proxy: Proxy): readonly string[] {
  const addresses = addressesFor(building.mesh, service, proxy);
  if (!addresses.includes(unspecifiedAddress)) {
    return addresses.filter(address => parseIp(address) !== undefined);
  }
  if (service.resolution !== 'Passthrough') return [];
  const endpoints = headlessEndpoints(building, service);
  addPodNames(building, service, endpoints);
  return addressesOnce(endpoints);
}

/** Kubernetes beats ServiceEntries; ServiceEntries of one host add up. */
function addHost(
  table: Map<string, NameEntry>,
  service: MeshService,
  addresses: readonly string[],
): void {
  const existing = table.get(service.hostname);
  if (existing?.registry === 'kubernetes') return;
  const isKubernetes = service.registry === 'kubernetes';
  const joined = existing !== undefined && !isKubernetes;
  table.set(service.hostname, {
    addresses: joined ? [...existing.addresses, ...addresses] : addresses,
    registry: service.registry,
    ...(isKubernetes ? { shortName: { name: service.name, namespace: service.namespace } } : {}),
    origin: joined ? existing.origin : service.origin,
  });
}

function buildNameTable(mesh: Mesh, proxy: Proxy, scope: SidecarScope): NameTable {
  const building: Building = {
    mesh,
    table: new Map(),
    allPorts: versionHas(mesh.istioVersion, 'headlessNamesOfAllPorts'),
  };
  for (const service of scope.egress.flatMap(({ services }) => services)) {
    if (service.resolution === 'Alias') continue;
    const addresses = addressesOf(building, service, proxy);
    if (addresses.length > 0) addHost(building.table, service, addresses);
  }
  return building.table;
}

/** One table for each scope, address family and use of auto-allocated addresses. */
const tables = derive(
  mesh => [mesh],
  () => new Map<SidecarScope, Map<string, NameTable>>(),
);

/** The names that a proxy's agent answers, when it captures DNS. A gateway has no egress listeners and so none. */
export function nameTableOf(mesh: Mesh, proxy: Proxy): NameTable {
  const scope = sidecarScopeOf(mesh, proxy);
  const kind = `${proxy.type}/${proxy.ipMode}/${String(usesAutoAllocated(mesh, proxy))}`;
  const ofScope = getOrMake(tables(mesh), scope, () => new Map<string, NameTable>());
  return getOrMake(ofScope, kind, () => buildNameTable(mesh, proxy, scope));
}
