import { type IpFamily, ipFamily } from '../../net';
import type { Service } from '../../resources';
import { labelsMatch } from '../labels';
import type { Mesh } from '../mesh';
import { type PodView, podViewsIn } from '../workload/pod-view';
import type { MeshEndpoint } from './endpoint';
import { findTargetPort } from './target-port';

/** Families of a Service: as written, else those of its addresses, else the pod's own first. */
function familiesOf({ spec }: Service, pod: PodView): readonly IpFamily[] {
  if (spec.ipFamilies !== undefined && spec.ipFamilies.length > 0) {
    return spec.ipFamilies.map(family => (family === 'IPv6' ? 6 : 4));
  }
  const { clusterIP = '' } = spec;
  if (clusterIP !== '' && clusterIP !== 'None') return [clusterIP.includes(':') ? 6 : 4];
  return pod.ips.slice(0, 1).map(ipFamily);
}

function endpointsOfPod(mesh: Mesh, service: Service, pod: PodView): readonly MeshEndpoint[] {
  const families = familiesOf(service, pod);
  const addresses = families.flatMap(family => pod.ips.find(ip => ipFamily(ip) === family) ?? []);
  return addresses.flatMap(address =>
    service.spec.ports.flatMap((port): MeshEndpoint[] => {
      const target = findTargetPort(pod.spec, port);
      if (target === undefined) return [];
      return [
        {
          address,
          port: target,
          servicePortName: port.name ?? '',
          labels: pod.labels,
          tlsMode: pod.tlsMode,
          health: pod.ready ? 'healthy' : 'unhealthy',
          network: mesh.options.network ?? '',
          weight: 1,
          namespace: pod.namespace,
          serviceAccount: pod.serviceAccount,
          pod: pod.ref,
          hostname: pod.hostname,
          subdomain: pod.subdomain,
          origin: pod.origin,
        },
      ];
    }),
  );
}

/**
 * Endpoints that the endpoint controller would make: pods of the namespace that the selector takes. For manifests as
 * authors write them, which hold no EndpointSlices.
 */
export function selectedEndpoints(mesh: Mesh, service: Service): readonly MeshEndpoint[] {
  const { selector } = service.spec;
  if (selector === undefined || service.spec.type === 'ExternalName') return [];
  return podViewsIn(mesh, service.metadata.namespace ?? '')
    .filter(pod => labelsMatch(selector, pod.labels))
    .flatMap(pod => endpointsOfPod(mesh, service, pod));
}
