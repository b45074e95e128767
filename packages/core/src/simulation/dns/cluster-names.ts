import { derive, type Mesh, type MeshEndpoint, selectedEndpoints } from '../../mesh';
import type { EndpointSlice, Service } from '../../resources';

const serviceKey = ({ metadata }: Service) => `${metadata.namespace ?? ''}/${metadata.name}`;

/** A name of a pod behind a headless Service, and where it is. */
interface NamedAddress {
  readonly hostname: string;
  readonly address: string;
}

interface ClusterNames {
  /** By `name.namespace.svc.domain`. */
  readonly services: ReadonlyMap<string, Service>;
  /** Ready addresses of the slices of each Service that has any, by `namespace/name`. */
  readonly sliced: ReadonlyMap<string, readonly NamedAddress[]>;
}

function readyIn({ spec }: EndpointSlice): readonly NamedAddress[] {
  return spec.endpoints
    .filter(({ ready }) => ready !== false)
    .flatMap(({ addresses, hostname = '' }) => addresses.map(address => ({ hostname, address })));
}

const namesOf = derive(
  mesh => [mesh.resources.services, mesh.resources.endpointSlices, mesh.clusterDomain],
  ({ resources, clusterDomain }): ClusterNames => {
    const services = new Map(
      resources.services.map(service => {
        const { name, namespace = '' } = service.metadata;
        return [`${name}.${namespace}.svc.${clusterDomain}`, service];
      }),
    );
    const sliced = new Map<string, NamedAddress[]>();
    for (const slice of resources.endpointSlices) {
      const service = slice.metadata.labels['kubernetes.io/service-name'];
      const { namespace } = slice.metadata;
      if (service === undefined || namespace === undefined) continue;
      const key = `${namespace}/${service}`;
      sliced.set(key, [...(sliced.get(key) ?? []), ...readyIn(slice)]);
    }
    return { services, sliced };
  },
);

const isTold = ({ spec }: Service, { health }: MeshEndpoint) =>
  health === 'healthy' || spec.publishNotReadyAddresses === true;

/** What the endpoint controller would write into slices, for manifests as authors write them. */
function selected(mesh: Mesh, service: Service): readonly NamedAddress[] {
  return selectedEndpoints(mesh, service)
    .filter(endpoint => isTold(service, endpoint))
    .map(({ address, hostname = '', subdomain }) => ({
      address,
      hostname: subdomain === service.metadata.name ? hostname : '',
    }));
}

const behind = (mesh: Mesh, service: Service): readonly NamedAddress[] =>
  namesOf(mesh).sliced.get(serviceKey(service)) ?? selected(mesh, service);

const addressesOf = (named: readonly NamedAddress[]) => [
  ...new Set(named.map(({ address }) => address)),
];

/** The Service that a full name in small letters means. */
export const serviceNamed = (mesh: Mesh, name: string): Service | undefined =>
  namesOf(mesh).services.get(name);

/** Cluster IPs that the registry assumes for Services whose manifest names none. */
const assumedVips = derive(
  mesh => [mesh.services],
  mesh =>
    new Map(
      mesh.services
        .filter(({ registry }) => registry === 'kubernetes')
        .map(({ hostname, clusterVips }) => [hostname, clusterVips] as const),
    ),
);

/** What CoreDNS tells for a Service: its cluster IPs, of a headless one the addresses of the ready pods. */
export function serviceAddresses(mesh: Mesh, host: string, service: Service): readonly string[] {
  const { clusterIP, clusterIPs } = service.spec;
  if (clusterIP === 'None') return addressesOf(behind(mesh, service));
  if (clusterIPs !== undefined && clusterIPs.length > 0) return clusterIPs;
  if (clusterIP !== undefined && clusterIP !== '') return [clusterIP];
  return assumedVips(mesh).get(host) ?? [];
}

/** Of a single pod behind a Service: `hostname.service.namespace.svc.domain`. */
export function podAddresses(mesh: Mesh, name: string): readonly string[] {
  const dot = name.indexOf('.');
  const service = dot < 0 ? undefined : serviceNamed(mesh, name.slice(dot + 1));
  if (service === undefined) return [];
  const hostname = name.slice(0, dot);
  return addressesOf(behind(mesh, service).filter(item => item.hostname === hostname));
}
