import type { audit, DeclaredHost } from '@sidetrace/core/audit';
import { type DeclaredHosts, declaredByWorkload } from '../input/declared-hosts';
import type { LoadedMesh } from '../input/load-mesh';

/** Hosts that workloads declare in `sidetrace.yaml`; absent when the file declares none. */
function declaredIn(
  { workloads }: LoadedMesh['mesh'],
  declared: readonly DeclaredHosts[] | undefined,
): readonly DeclaredHost[] | undefined {
  if (declared === undefined) return undefined;
  const targets = declaredByWorkload(
    declared,
    workloads.map(({ ref }) => ref),
  );
  return workloads.flatMap(({ ref }) =>
    (targets[`${ref.namespace}/${ref.name}`] ?? []).map(target => ({ workload: ref, ...target })),
  );
}

/** What the catalogue looks at. */
export function auditInputOf(
  { mesh, issues }: Pick<LoadedMesh, 'mesh' | 'issues'>,
  declaredHosts?: readonly DeclaredHosts[],
): Parameters<typeof audit>[0] {
  const declared = declaredIn(mesh, declaredHosts);
  return { mesh, issues, ...(declared !== undefined && { declared }) };
}
