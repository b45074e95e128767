import { InputError, NotFoundError } from '@backstage/errors';
import type {
  MeshFinding,
  MeshWhatIfAnswer,
  MeshWhatIfRequest,
  WhatIfEdits,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Finding } from '@sidetrace/core';
import { applyWaivers } from '@sidetrace/core/audit';
import type { Bindings } from '../catalog/bindings';
import { bindWorkloads, declaredOf, workloadLookup } from '../catalog/bound-workloads';
import { type AnsweringMesh, answering } from '../services/analyses';
import type { WhatIfResult } from '../worker/jobs';
import type { MeshWorkers } from '../worker/mesh-workers';
import { type MeshDifference, meshChanges } from './mesh-changes';
import { sourceState } from './source-state';
import type { ViewContext } from './view-context';

/** At least one edit; a request without any is a mistake. */
export function checkEdits(edits: WhatIfEdits): void {
  const { outboundMode, apply = '', removeYaml = '', remove = [], annotate = [] } = edits;
  const some =
    outboundMode !== undefined ||
    apply.trim() !== '' ||
    removeYaml.trim() !== '' ||
    remove.length + annotate.length > 0;
  if (!some) {
    throw new InputError(
      'nothing is changed: give an outbound mode, manifests or objects to remove',
    );
  }
}

/** Hosts that the catalog declares for the workloads of a mesh now. */
export const declaredIn = ({ source, loaded }: AnsweringMesh, bindings: Bindings) =>
  declaredOf(bindWorkloads(bindings, workloadLookup(loaded.index.workloads), source.cluster));

export const digestOf = ({ source }: AnsweringMesh): string => {
  if (source.answerDigest === undefined)
    throw new NotFoundError(`source \`${source.id}\` has not been read yet`);
  return source.answerDigest;
};

/** Findings of a what-if, of a mesh that nobody stored. */
function judged(
  mesh: AnsweringMesh,
  findings: readonly Finding[],
  { waivers, now, names }: ViewContext,
): readonly MeshFinding[] {
  const { open, waived, expired } = applyWaivers(findings, waivers, now.toISOString().slice(0, 10));
  const common = (finding: Finding) => ({
    source: mesh.source.id,
    finding,
    owners: [...new Set(finding.workloads.list.flatMap(ref => names.of(mesh, ref).owner ?? []))],
  });
  return [
    ...open.map(finding => ({ ...common(finding), state: 'open' as const })),
    ...expired.map(({ finding, waiver }) => ({
      ...common(finding),
      state: 'expired' as const,
      waiver,
    })),
    ...waived.map(({ finding, waiver }) => ({
      ...common(finding),
      state: 'waived' as const,
      waiver,
    })),
  ];
}

export function differenceOf(
  mesh: AnsweringMesh,
  result: WhatIfResult,
  context: ViewContext,
): MeshDifference {
  const { changes, unchanged, findingsUnchanged } = result;
  return {
    mesh,
    changes,
    unchanged,
    findingsAdded: judged(mesh, result.findingsAdded, context),
    findingsRemoved: judged(mesh, result.findingsRemoved, context),
    findingsUnchanged,
  };
}

function chosenMeshes(context: ViewContext, { source, apply = '' }: MeshWhatIfRequest) {
  const meshes = answering(context.meshes);
  if (source !== undefined) {
    const chosen = meshes.filter(mesh => mesh.source.id === source);
    if (chosen.length === 0) throw new NotFoundError(`there is no mesh of a source \`${source}\``);
    return chosen;
  }
  if (apply.trim() !== '' && meshes.length > 1) {
    throw new InputError('there are several meshes: name the source that the manifests are for');
  }
  return meshes;
}

/** What edits would change in the meshes, whole. */
export async function tryOnMeshes(
  context: ViewContext,
  request: MeshWhatIfRequest,
  { workers, bindings }: { readonly workers: MeshWorkers; readonly bindings: Bindings },
) {
  checkEdits(request);
  const { source: _, ...edits } = request;
  const meshes = chosenMeshes(context, request);
  const results = await Promise.all(
    meshes.map(async mesh => {
      const input = { edits, declared: declaredIn(mesh, bindings) };
      return { mesh, result: await workers.run('whatIf', digestOf(mesh), input) };
    }),
  );
  return {
    meshes,
    issues: results.flatMap(({ result }) => result.issues),
    differences: results.map(({ mesh, result }) => differenceOf(mesh, result, context)),
  };
}

export async function meshWhatIfView(
  context: ViewContext,
  request: MeshWhatIfRequest,
  services: { readonly workers: MeshWorkers; readonly bindings: Bindings },
): Promise<MeshWhatIfAnswer> {
  const { meshes, differences, issues } = await tryOnMeshes(context, request, services);
  const unique = new Map(issues.map(issue => [JSON.stringify(issue), issue] as const));
  return {
    sources: meshes.map(mesh => sourceState(mesh)),
    changes: meshChanges(differences, context),
    issues: [...unique.values()],
  };
}
