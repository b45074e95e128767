import type { EndpointSlice, Service, SliceEndpoint } from '../../resources';
import type { Mesh } from '../mesh';
import { originOf } from '../registry/kubernetes-service';
import { findPodView } from '../workload/pod-view';
import type { EndpointHealth, MeshEndpoint } from './endpoint';

export const serviceNameLabel = 'kubernetes.io/service-name';

/** `pilot/pkg/serviceregistry/kube/controller/endpointslice.go:endpointHealthStatus`. */
function healthOf({ ready, terminating }: SliceEndpoint): EndpointHealth {
  if (ready !== false) return 'healthy';
  return terminating === true ? 'terminating' : 'unhealthy';
}

function podOf(mesh: Mesh, slice: EndpointSlice, { targetRef }: SliceEndpoint) {
  if (targetRef?.kind !== 'Pod') return undefined;
  const namespace = targetRef.namespace ?? slice.metadata.namespace ?? '';
  return findPodView(mesh, namespace, targetRef.name ?? '');
}

const missingPod = ({ targetRef }: SliceEndpoint) =>
  targetRef?.kind === 'Pod' ? { podMissing: true } : {};

function endpointsOf(mesh: Mesh, slice: EndpointSlice): readonly MeshEndpoint[] {
  const namespace = slice.metadata.namespace ?? '';
  return slice.spec.endpoints.flatMap((endpoint, index) => {
    const pod = podOf(mesh, slice, endpoint);
    const common = {
      labels: pod?.labels ?? {},
      tlsMode: pod?.tlsMode ?? ('disabled' as const),
      health: healthOf(endpoint),
      network: mesh.options.network ?? '',
      weight: 1,
      namespace,
      serviceAccount: pod?.serviceAccount ?? '',
      ...(pod === undefined
        ? missingPod(endpoint)
        : { pod: pod.ref, hostname: pod.hostname, subdomain: pod.subdomain }),
      origin: originOf(slice, `endpoints.${index}`),
    };
    return endpoint.addresses.flatMap(address =>
      slice.spec.ports.map(port => ({
        ...common,
        address,
        port: port.port ?? 0,
        servicePortName: port.name ?? '',
      })),
    );
  });
}

/** EndpointSlices beat Endpoints, which Kubernetes mirrors into slices; istiod reads only slices. */
function preferSlices(slices: readonly EndpointSlice[]): readonly EndpointSlice[] {
  const real = slices.filter(({ apiVersion }) => apiVersion !== 'v1');
  return real.length > 0 ? real : slices;
}

/** Endpoints of a Service from its slices; `undefined` when the input has none for it. */
export function sliceEndpoints(
  mesh: Mesh,
  service: Service,
  slices: readonly EndpointSlice[],
): readonly MeshEndpoint[] | undefined {
  if (slices.length === 0 || service.spec.type === 'ExternalName') return undefined;
  return preferSlices(slices)
    .filter(({ spec }) => spec.addressType !== 'FQDN')
    .flatMap(slice => endpointsOf(mesh, slice));
}
