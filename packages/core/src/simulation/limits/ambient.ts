import { derive, type Mesh, namespaceLabels } from '../../mesh';
import type { PodStack } from '../pod/pod-stack';
import type { Unmodelled } from './unmodelled';

const modeLabel = 'istio.io/dataplane-mode';

const labelsOfNamespace = derive(
  mesh => [mesh.resources.namespaces],
  mesh => namespaceLabels(mesh.resources),
);

/** The pod's label goes before that of its namespace; pods with a sidecar or on the host network stay out (`cni/pkg/util/podutil.go`). */
function isAmbient(mesh: Mesh, { namespace, view, proxy }: PodStack): boolean {
  if (proxy !== undefined || view.spec.hostNetwork === true) return false;
  const mode = view.labels[modeLabel] ?? labelsOfNamespace(mesh)(namespace)[modeLabel];
  return mode === 'ambient';
}

/** Says of a pod of the ambient data plane that ztunnel takes its connections, of which there is no model. */
export function ambientNote(mesh: Mesh, stack: PodStack): readonly Unmodelled[] {
  if (!isAmbient(mesh, stack)) return [];
  const { namespace, name } = stack;
  return [
    {
      object: { kind: 'Pod', namespace, name },
      message: `${namespace}/${name} is in the ambient data plane: ztunnel and waypoints are not modelled and may change the answer`,
    },
  ];
}
