import type { Origin } from '../../origin';
import type { EgressListener, Sidecar } from '../../resources';
import type { Mesh } from '../mesh';
import { originOf } from '../registry/kubernetes-service';
import { servicesExportedTo } from '../registry/registry';
import type { MeshService } from '../registry/service';
import { meshGateway } from '../routing/short-names';
import { virtualServicesSeenFrom } from '../routing/virtual-service-index';
import { versionHas } from '../versions';
import { collect, inferredServices } from './collect-services';
import { readImportHosts } from './import-hosts';
import { decideOutboundPolicy, gatewayPolicy } from './outbound-policy';
import { portToMatch, selectServices } from './select-services';
import { selectVirtualServices } from './select-virtual-services';
import type { EgressScope, SidecarScope } from './sidecar-scope';

/** Computed when first asked for, then kept. */
function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const catchAll: EgressListener = { hosts: ['*/*'], captureMode: 'DEFAULT' };

function buildEgress(
  mesh: Mesh,
  namespace: string,
  listener: EgressListener,
  written: boolean,
  origin: Origin,
): EgressScope {
  const exclusions = versionHas(mesh.istioVersion, 'sidecarHostExclusion');
  const hosts = readImportHosts(listener.hosts, namespace, exclusions);
  const services = lazy(() => selectServices(mesh, namespace, listener, hosts));
  const virtualServices = lazy(() => selectVirtualServices(mesh, namespace, hosts));
  return {
    ...(written ? { listener } : {}),
    get services() {
      return services();
    },
    get virtualServices() {
      return virtualServices();
    },
    origin,
  };
}

function egressOf(
  mesh: Mesh,
  namespace: string,
  sidecar: Sidecar | undefined,
): readonly EgressScope[] {
  if (sidecar !== undefined && sidecar.spec.egress.length > 0) {
    return sidecar.spec.egress.map((listener, index) =>
      buildEgress(mesh, namespace, listener, true, originOf(sidecar, `spec.egress.${index}`)),
    );
  }
  const origin: Origin = { kind: 'default', default: 'spec.egress=[{hosts: ["*/*"]}]' };
  return [buildEgress(mesh, namespace, catchAll, false, origin)];
}

/** Imported services, then those that VirtualServices send to, one per host (`sidecar.go:collectImportedServices`). */
function collectServices(
  mesh: Mesh,
  namespace: string,
  egress: readonly EgressScope[],
): ReadonlyMap<string, MeshService> {
  const byHost = new Map<string, MeshService>();
  for (const { listener = catchAll, services, virtualServices } of egress) {
    for (const service of services) collect(byHost, service);
    const port = portToMatch(listener);
    for (const item of virtualServices) {
      for (const service of inferredServices(mesh, namespace, item, port)) collect(byHost, service);
    }
  }
  return byHost;
}

/** The scope of sidecars of a namespace under one Sidecar, or under none. */
export function buildSidecarScope(
  mesh: Mesh,
  namespace: string,
  sidecar: Sidecar | undefined,
): SidecarScope {
  const egress = egressOf(mesh, namespace, sidecar);
  const byHostname = lazy(() => collectServices(mesh, namespace, egress));
  const services = lazy(() => [...byHostname().values()]);
  return {
    namespace,
    ...(sidecar === undefined ? {} : { sidecar }),
    egress,
    get services() {
      return services();
    },
    get servicesByHostname() {
      return byHostname();
    },
    outboundPolicy: decideOutboundPolicy(mesh, sidecar, namespace),
  };
}

/** Gateways see every service exported to their namespace and no Sidecar (`sidecar.go:DefaultSidecarScopeForGateway`). */
export function buildGatewayScope(mesh: Mesh, namespace: string): SidecarScope {
  const byHostname = lazy(() => {
    const byHost = new Map<string, MeshService>();
    for (const service of servicesExportedTo(mesh, namespace)) collect(byHost, service);
    return byHost;
  });
  const services = lazy(() => [...byHostname().values()]);
  return {
    namespace,
    egress: [
      {
        services: [],
        virtualServices: virtualServicesSeenFrom(mesh, namespace, meshGateway),
        origin: { kind: 'default', default: 'a gateway has no egress listeners' },
      },
    ],
    get services() {
      return services();
    },
    get servicesByHostname() {
      return byHostname();
    },
    outboundPolicy: gatewayPolicy,
  };
}
