import type { Origin } from '../../origin';
import type { EgressListener, Sidecar } from '../../resources';
import { derive } from '../derive';
import type { Mesh } from '../mesh';
import { originOf } from '../registry/kubernetes-service';
import { registryServices, seesOnlyPublic, servicesExportedTo } from '../registry/registry';
import type { MeshService } from '../registry/service';
import { meshGateway } from '../routing/short-names';
import type { MeshVirtualService } from '../routing/virtual-service';
import { seesOnlyPublicRoutes, virtualServicesSeenFrom } from '../routing/virtual-service-index';
import { meshVirtualServices } from '../routing/virtual-services';
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

interface Imports {
  readonly services: () => readonly MeshService[];
  readonly virtualServices: () => readonly MeshVirtualService[];
}

function importsOf(mesh: Mesh, namespace: string, listener: EgressListener): Imports {
  const exclusions = versionHas(mesh.istioVersion, 'sidecarHostExclusion');
  const hosts = readImportHosts(listener.hosts, namespace, exclusions);
  return {
    services: lazy(() => selectServices(mesh, namespace, listener, hosts)),
    virtualServices: lazy(() => selectVirtualServices(mesh, namespace, hosts)),
  };
}

interface Egress {
  readonly listener: EgressListener;
  /** False for the built-in catch-all. */
  readonly written: boolean;
  readonly origin: Origin;
}

function egressOf(sidecar: Sidecar | undefined): readonly Egress[] {
  if (sidecar !== undefined && sidecar.spec.egress.length > 0) {
    return sidecar.spec.egress.map((listener, index) => ({
      listener,
      written: true,
      origin: originOf(sidecar, `spec.egress.${index}`),
    }));
  }
  const origin: Origin = { kind: 'default', default: 'spec.egress=[{hosts: ["*/*"]}]' };
  return [{ listener: catchAll, written: false, origin }];
}

function egressScope({ listener, written, origin }: Egress, imports: Imports): EgressScope {
  return {
    ...(written ? { listener } : {}),
    get services() {
      return imports.services();
    },
    get virtualServices() {
      return imports.virtualServices();
    },
    origin,
  };
}

/** Imported services, then those that VirtualServices send to, one per host (`sidecar.go:collectImportedServices`). */
function collectServices(
  mesh: Mesh,
  namespace: string,
  egress: readonly { readonly listener: EgressListener; readonly imports: Imports }[],
): ReadonlyMap<string, MeshService> {
  const byHost = new Map<string, MeshService>();
  for (const { listener, imports } of egress) {
    for (const service of imports.services()) collect(byHost, service);
    const port = portToMatch(listener);
    for (const item of imports.virtualServices()) {
      for (const service of inferredServices(mesh, namespace, item, port)) collect(byHost, service);
    }
  }
  return byHost;
}

interface Scope {
  readonly imports: readonly Imports[];
  readonly byHostname: () => ReadonlyMap<string, MeshService>;
  readonly services: () => readonly MeshService[];
}

function buildScope(mesh: Mesh, namespace: string, egress: readonly Egress[]): Scope {
  const parts = egress.map(({ listener }) => ({
    listener,
    imports: importsOf(mesh, namespace, listener),
  }));
  const byHostname = lazy(() => collectServices(mesh, namespace, parts));
  return {
    imports: parts.map(({ imports }) => imports),
    byHostname,
    services: lazy(() => [...byHostname().values()]),
  };
}

/** A namespace name that no namespace has. */
const nobody = '';

/** What every namespace imports with `*\/*` that has nothing of its own that others do not see. */
const publicScope = derive(
  mesh => [registryServices(mesh), meshVirtualServices(mesh), mesh.meshConfig.config],
  mesh => buildScope(mesh, nobody, egressOf(undefined)),
);

function isCatchAll({ listener }: Egress): boolean {
  return listener.port === undefined && listener.hosts.join() === '*/*';
}

function scopeFor(mesh: Mesh, namespace: string, egress: readonly Egress[]): Scope {
  const [first, ...others] = egress;
  const importsAll = others.length === 0 && first !== undefined && isCatchAll(first);
  return importsAll && seesOnlyPublic(mesh, namespace) && seesOnlyPublicRoutes(mesh, namespace)
    ? publicScope(mesh)
    : buildScope(mesh, namespace, egress);
}

/** The scope of sidecars of a namespace under one Sidecar, or under none. */
export function buildSidecarScope(
  mesh: Mesh,
  namespace: string,
  sidecar: Sidecar | undefined,
): SidecarScope {
  const egress = egressOf(sidecar);
  const { imports, byHostname, services } = scopeFor(mesh, namespace, egress);
  return {
    namespace,
    ...(sidecar === undefined ? {} : { sidecar }),
    egress: egress.flatMap((item, index) => {
      const own = imports[index];
      return own === undefined ? [] : [egressScope(item, own)];
    }),
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
