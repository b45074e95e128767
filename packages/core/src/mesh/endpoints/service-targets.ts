import type { Origin } from '../../origin';
import type { EndpointSlice, Service, ServiceEntry } from '../../resources';
import { sortByCreation } from '../creation-order';
import { derive, getOrMake, pushTo } from '../derive';
import { labelsMatch } from '../labels';
import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import { serviceHostname } from '../registry/kubernetes-service';
import { registryServices } from '../registry/registry';
import type { MeshService } from '../registry/service';
import { meshWorkloads } from '../workload/workloads';
import { entryEndpoints } from './entry-endpoints';
import type { ServiceTarget } from './service-target';
import { serviceNameLabel, sliceEndpoints } from './slice-endpoints';
import { findTargetPort } from './target-port';

const targetInputs = derive(
  mesh => [
    mesh.discovered.services,
    mesh.discovered.serviceEntries,
    mesh.discovered.endpointSlices,
  ],
  mesh => {
    const services = new Map<string, Service[]>();
    for (const item of mesh.discovered.services) {
      pushTo(services, item.metadata.namespace ?? '', item);
    }
    const entries = new Map<string, ServiceEntry[]>();
    for (const item of mesh.discovered.serviceEntries) {
      pushTo(entries, item.metadata.namespace ?? '', item);
    }
    const slices = new Map<string, EndpointSlice[]>();
    for (const item of mesh.discovered.endpointSlices) {
      pushTo(slices, item.metadata.namespace ?? '', item);
    }
    return { services, entries, slices };
  },
);

const servicesByOwner = derive(
  mesh => [registryServices(mesh)],
  (mesh): ReadonlyMap<string, readonly MeshService[]> => {
    const index = new Map<string, MeshService[]>();
    for (const item of registryServices(mesh)) {
      pushTo(index, `${item.registry}/${item.namespace}/${item.hostname}`, item);
    }
    return index;
  },
);

function meshService(mesh: Mesh, service: Service): MeshService | undefined {
  const { name, namespace = '' } = service.metadata;
  const host = serviceHostname(name, namespace, mesh.clusterDomain);
  return servicesByOwner(mesh).get(`kubernetes/${namespace}/${host}`)?.[0];
}

/** Ports of Services that select the pod (`controller.go:GetProxyServiceTargetsByPod`). */
function selectingTargets(mesh: Mesh, proxy: Proxy): readonly ServiceTarget[] {
  const spec = proxy.pod?.spec ?? proxy.workload.template.spec;
  const services = targetInputs(mesh).services.get(proxy.namespace) ?? [];
  const selecting = services.filter(
    item => item.spec.selector !== undefined && labelsMatch(item.spec.selector, proxy.labels),
  );
  return selecting.flatMap(service => {
    const known = meshService(mesh, service);
    return service.spec.ports.flatMap((port, index): ServiceTarget[] => {
      const targetPort = findTargetPort(spec, port);
      const servicePort = known?.ports[index];
      return known === undefined || servicePort === undefined || targetPort === undefined
        ? []
        : [{ service: known, port: servicePort, targetPort }];
    });
  });
}

/** Ports of Services without selector whose slices name the proxy's address (`endpointslice.go:GetProxyServiceTargets`). */
function slicedTargets(mesh: Mesh, proxy: Proxy): readonly ServiceTarget[] {
  const services = targetInputs(mesh).services.get(proxy.namespace) ?? [];
  const slices = (targetInputs(mesh).slices.get(proxy.namespace) ?? []).filter(({ spec }) =>
    spec.endpoints.some(item => proxy.ips.some(ip => item.addresses.includes(ip))),
  );
  return slices.flatMap(slice => {
    const name = slice.metadata.labels[serviceNameLabel];
    const service = services.find(item => item.metadata.name === name);
    const known = service === undefined ? undefined : meshService(mesh, service);
    if (service === undefined || known === undefined) return [];
    return (sliceEndpoints(mesh, service, [slice]) ?? []).flatMap((endpoint): ServiceTarget[] => {
      const port = known.ports.find(item => item.name === endpoint.servicePortName);
      return port !== undefined && proxy.ips.some(ip => ip === endpoint.address)
        ? [{ service: known, port, targetPort: endpoint.port }]
        : [];
    });
  });
}

function isFrom(origin: Origin, { metadata }: ServiceEntry): boolean {
  return origin.kind === 'object' && origin.object.name === metadata.name;
}

/** ServiceEntries of the namespace with an endpoint at the proxy's address (`serviceentry/controller.go:GetProxyServiceTargets`). */
function entryTargets(mesh: Mesh, proxy: Proxy): readonly ServiceTarget[] {
  const entries = targetInputs(mesh).entries.get(proxy.namespace) ?? [];
  return entries.flatMap(entry =>
    entry.spec.hosts.flatMap(host => {
      const namesakes = servicesByOwner(mesh).get(`external/${proxy.namespace}/${host}`) ?? [];
      const services = namesakes.filter(({ origin }) => isFrom(origin, entry));
      const endpoints = entryEndpoints(mesh, entry, host);
      return proxy.ips.flatMap(ip =>
        endpoints
          .filter(endpoint => endpoint.address === ip)
          .flatMap(({ servicePort, port: targetPort }) =>
            services.slice(0, 1).flatMap((service): ServiceTarget[] => {
              const port = service.ports.find(item => item.port === servicePort);
              return port === undefined ? [] : [{ service, port, targetPort }];
            }),
          ),
      );
    }),
  );
}

function targetsOf(mesh: Mesh, proxy: Proxy): readonly ServiceTarget[] {
  const selecting = selectingTargets(mesh, proxy);
  const own = selecting.length > 0 ? selecting : slicedTargets(mesh, proxy);
  const all = [...own, ...entryTargets(mesh, proxy)];
  return sortByCreation(all, ({ service }) => ({
    ...(service.creationTimestamp === undefined
      ? {}
      : { creationTimestamp: service.creationTimestamp }),
    name: service.hostname,
  }));
}

const targets = derive(
  mesh => [registryServices(mesh), meshWorkloads(mesh), mesh.discovered],
  () => new Map<Proxy, readonly ServiceTarget[]>(),
);

/** Service ports that lead to this proxy's pod, of the oldest service first (`context.go:SetServiceTargets`). */
export function serviceTargetsOf(mesh: Mesh, proxy: Proxy): readonly ServiceTarget[] {
  return getOrMake(targets(mesh), proxy, () => targetsOf(mesh, proxy));
}
