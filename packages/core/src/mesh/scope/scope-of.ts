import type { Sidecar } from '../../resources';
import { derive, getOrMake } from '../derive';
import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import { registryServices } from '../registry/registry';
import type { MeshService } from '../registry/service';
import { meshVirtualServices } from '../routing/virtual-services';
import { buildGatewayScope, buildSidecarScope } from './build-scope';
import { selectSidecar } from './select-sidecar';
import type { EgressScope, OutboundPolicy, SidecarScope } from './sidecar-scope';

interface Scopes {
  readonly sidecars: Map<string, Map<Sidecar | undefined, SidecarScope>>;
  readonly gateways: Map<string, SidecarScope>;
}

/** One scope for each namespace and Sidecar, whatever the number of pods. */
const scopesOf = derive(
  mesh => [
    registryServices(mesh),
    meshVirtualServices(mesh),
    mesh.discovered.sidecars,
    mesh.meshConfig.config,
    mesh.rootNamespace,
  ],
  (): Scopes => ({ sidecars: new Map(), gateways: new Map() }),
);

/** What a proxy sees of the mesh. Proxies with the same namespace and Sidecar get the same object. */
export function sidecarScopeOf(mesh: Mesh, proxy: Proxy): SidecarScope {
  const { sidecars, gateways } = scopesOf(mesh);
  const { namespace } = proxy;
  if (proxy.type === 'router') {
    return getOrMake(gateways, namespace, () => buildGatewayScope(mesh, namespace));
  }
  const sidecar = selectSidecar(mesh, namespace, proxy.labels);
  const ofNamespace = getOrMake(sidecars, namespace, () => new Map());
  return getOrMake(ofNamespace, sidecar, () => buildSidecarScope(mesh, namespace, sidecar));
}

/** What happens to calls of this proxy that nothing in the registry takes, and who decided so. */
export function outboundPolicyOf(mesh: Mesh, proxy: Proxy): OutboundPolicy {
  return sidecarScopeOf(mesh, proxy).outboundPolicy;
}

type PortIndex = ReadonlyMap<number, readonly MeshService[]>;

/** By list of services, which scopes that import the same share. */
const portIndexes = new WeakMap<readonly MeshService[], PortIndex>();

function indexByPort(services: readonly MeshService[]): PortIndex {
  const index = new Map<number, MeshService[]>();
  for (const service of services) {
    for (const { port } of service.ports) {
      const list = index.get(port);
      if (list === undefined) index.set(port, [service]);
      else if (list.at(-1) !== service) list.push(service);
    }
  }
  return index;
}

function portIndexOf({ services }: EgressScope): PortIndex {
  const known = portIndexes.get(services);
  if (known !== undefined) return known;
  const index = indexByPort(services);
  portIndexes.set(services, index);
  return index;
}

/** Services of an egress listener that have this port, in the listener's order. */
export function servicesOnPort(egress: EgressScope, port: number): readonly MeshService[] {
  return portIndexOf(egress).get(port) ?? [];
}

/** Ports of the services of an egress listener, each once, in the order of the services. */
export function portsOf(egress: EgressScope): readonly number[] {
  return [...portIndexOf(egress).keys()];
}
