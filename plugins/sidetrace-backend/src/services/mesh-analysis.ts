import {
  type AccessOptions,
  type AccessRow,
  audit,
  externalAccess,
  type Finding,
} from '@sidetrace/core';
import type { LoadedMesh } from './loaded-mesh';

export type Declared = NonNullable<AccessOptions['declared']>;

/** The wide answers about one mesh. */
export interface MeshAnalysis {
  readonly access: readonly AccessRow[];
  readonly findings: readonly Finding[];
}

const targets = (declared: Declared, workload: AccessRow['workload']) =>
  declared[`${workload.namespace}/${workload.name}`] ?? [];

function analyse({ mesh, issues }: LoadedMesh, declared: Declared): MeshAnalysis {
  const access = [...externalAccess(mesh, { declared })];
  const declaredHosts = mesh.workloads.flatMap(({ ref }) =>
    targets(declared, ref).map(target => ({ workload: ref, ...target })),
  );
  const { findings } = audit({
    mesh,
    issues,
    ...(declaredHosts.length === 0 ? {} : { declared: declaredHosts }),
    access: () => access,
  });
  return { access, findings };
}

interface Known {
  readonly declared: string;
  readonly analysis: MeshAnalysis;
}
const known = new WeakMap<LoadedMesh, Known>();

/** Access and findings of a mesh, computed once for the same declared hosts. */
export function analysisOf(loaded: LoadedMesh, declared: Declared): MeshAnalysis {
  const own = new Set(loaded.mesh.workloads.map(({ ref }) => `${ref.namespace}/${ref.name}`));
  const ofMesh = Object.fromEntries(Object.entries(declared).filter(([key]) => own.has(key)));
  const key = JSON.stringify(ofMesh);
  const before = known.get(loaded);
  if (before?.declared === key) return before.analysis;
  const analysis = analyse(loaded, ofMesh);
  known.set(loaded, { declared: key, analysis });
  return analysis;
}
