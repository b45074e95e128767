import { NotFoundError } from '@backstage/errors';
import type {
  FindingDetails,
  FindingFilter,
  FindingsRequest,
  MeshFinding,
  MeshFindingAnswer,
  MeshFindings,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { WorkloadRef } from '@sidetrace/core';
import type { FindingPart } from '../analysis/analysis-index';
import { counted } from '../analysis/counted';
import { answering } from '../services/analyses';
import { type JudgedFinding, judgedFindings } from './judged-findings';
import { sourceState } from './source-state';
import { contains, pageOf, refsOf, type ViewContext } from './view-context';

const refs = ({ mesh, indexed }: JudgedFinding): readonly WorkloadRef[] =>
  refsOf(mesh, mesh.loaded.sets[indexed.workloads]);

const ownersOf = (judged: JudgedFinding, { names }: ViewContext) =>
  names.owners(judged.mesh, judged.mesh.loaded.sets[judged.indexed.workloads]);

/** The findings that a filter lets through. */
export function filterFindings(
  context: ViewContext,
  filter: FindingFilter,
): readonly JudgedFinding[] {
  const { source, level, check, namespace, owner, state, text } = filter;
  return judgedFindings(context).filter(judged => {
    const { mesh, indexed } = judged;
    const { object } = indexed;
    return (
      (source === undefined || mesh.source.id === source) &&
      (level === undefined || indexed.level === level) &&
      (check === undefined || indexed.id === check) &&
      (namespace === undefined || (object.namespace ?? '') === namespace) &&
      (state === undefined || judged.state === state) &&
      contains(`${indexed.title}\n${indexed.message}\n${object.name}`, text) &&
      (owner === undefined || ownersOf(judged, context).includes(owner))
    );
  });
}

async function bodyOf({ mesh, indexed }: JudgedFinding, { analyses }: ViewContext) {
  const digest = mesh.loaded.index.findingParts[indexed.id];
  const part = digest === undefined ? undefined : await analyses.part<FindingPart>(digest);
  const body = part?.[indexed.fingerprint];
  if (body === undefined) throw new Error(`an analysis lacks finding ${indexed.fingerprint}`);
  return body;
}

/** A finding as lists show it. */
export async function meshFinding(
  judged: JudgedFinding,
  context: ViewContext,
): Promise<MeshFinding> {
  const { mesh, state, waiver } = judged;
  const { finding } = await bodyOf(judged, context);
  return {
    source: mesh.source.id,
    finding,
    state,
    ...(waiver === undefined ? {} : { waiver }),
    owners: ownersOf(judged, context),
  };
}

/** A finding with everything about it; `only` limits the named workloads. */
export async function findingDetails(
  judged: JudgedFinding,
  context: ViewContext,
  only: (ref: WorkloadRef) => boolean = () => true,
): Promise<FindingDetails> {
  const { fix } = await bodyOf(judged, context);
  return {
    ...(await meshFinding(judged, context)),
    workloads: refs(judged)
      .filter(only)
      .map(ref => context.names.of(judged.mesh, ref)),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** A page of the findings of all meshes. */
export async function findingsView(
  context: ViewContext,
  request: FindingsRequest,
): Promise<MeshFindings> {
  const all = filterFindings(context, request);
  const { items, info } = pageOf(all, request);
  return {
    sources: context.meshes.map(mesh => sourceState(mesh)),
    findings: await Promise.all(items.map(judged => meshFinding(judged, context))),
    ...info,
    facets: {
      levels: counted(all.map(({ indexed }) => indexed.level)),
      checks: counted(all.map(({ indexed }) => indexed.id)),
      namespaces: counted(all.map(({ indexed }) => indexed.object.namespace ?? '')),
      owners: counted(all.flatMap(judged => ownersOf(judged, context))),
      states: counted(all.map(({ state }) => state)),
    },
  };
}

/** One finding with all workloads and the fix as text. */
export async function findingView(
  context: ViewContext,
  { source, fingerprint }: { readonly source: string; readonly fingerprint: string },
): Promise<MeshFindingAnswer> {
  const mesh = answering(context.meshes).find(item => item.source.id === source);
  const judged =
    mesh === undefined
      ? undefined
      : judgedFindings(context, [mesh]).find(({ indexed }) => indexed.fingerprint === fingerprint);
  if (mesh === undefined || judged === undefined) {
    throw new NotFoundError(`source \`${source}\` has no finding \`${fingerprint}\``);
  }
  return { source: sourceState(mesh), details: await findingDetails(judged, context) };
}
