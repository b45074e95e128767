import type { Labels, Sidecar } from '../../resources';
import { sortByCreation } from '../creation-order';
import { derive, pushTo } from '../derive';
import { labelsMatch } from '../labels';
import type { Mesh } from '../mesh';

interface SidecarIndex {
  readonly byNamespace: ReadonlyMap<string, readonly Sidecar[]>;
  /** Of the root namespace, without selector. */
  readonly root: Sidecar | undefined;
}

/** Those with a selector first, each group oldest first (`push_context.go:initSidecarScopes`). */
const sidecarIndex = derive(
  mesh => [mesh.discovered.sidecars, mesh.rootNamespace],
  (mesh): SidecarIndex => {
    const sorted = sortByCreation(mesh.discovered.sidecars, item => item.metadata);
    const selects = ({ spec }: Sidecar) => spec.workloadSelector !== undefined;
    const byNamespace = new Map<string, Sidecar[]>();
    for (const sidecar of [...sorted.filter(selects), ...sorted.filter(item => !selects(item))]) {
      pushTo(byNamespace, sidecar.metadata.namespace ?? '', sidecar);
    }
    const root = (byNamespace.get(mesh.rootNamespace) ?? []).find(item => !selects(item));
    return { byNamespace, root };
  },
);

/**
 * The one Sidecar that applies to a workload: of its namespace the first whose selector takes it or that has none, else
 * that of the root namespace without a selector (`push_context.go:getSidecarScope`). Sidecars are never merged.
 */
export function selectSidecar(mesh: Mesh, namespace: string, labels: Labels): Sidecar | undefined {
  const { byNamespace, root } = sidecarIndex(mesh);
  const own = byNamespace
    .get(namespace)
    ?.find(({ spec }) => labelsMatch(spec.workloadSelector?.labels ?? {}, labels));
  return own ?? root;
}
