import type {
  EntityCardAnswer,
  EntityTabAnswer,
  EntityWhatIfAnswer,
  EntityWhatIfRequest,
  SuggestAnswer,
  SuggestRequest,
  UndeclaredHost,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessRow, WorkloadRef } from '@sidetrace/core';
import { refKey } from '../analysis/access-table';
import type { MeshWorkers } from '../worker/mesh-workers';
import { boundWorkloads, chooseWorkload, type EntityInput, unbound } from './bound-entity';
import { findingDetails } from './findings';
import { meshChanges } from './mesh-changes';
import { observedRows } from './observed-rows';
import { sourceState } from './source-state';
import type { ViewContext } from './view-context';
import { checkEdits, differenceOf, digestOf } from './what-if';
import { findingsOf, workloadCard } from './workload-card';

/** The entity card: each of its workloads at a glance. */
export async function entityCard(
  input: EntityInput,
  context: ViewContext,
  workers: MeshWorkers,
): Promise<EntityCardAnswer> {
  const bound = boundWorkloads(input, context);
  if (bound.length === 0) return unbound(input, context);
  const options = { hosts: input.hosts.targets, workers };
  const used = new Set(bound.map(({ mesh }) => mesh));
  return {
    kind: 'workloads',
    cards: await Promise.all(bound.map(item => workloadCard(item, context, options))),
    sources: [...used].map(mesh => sourceState(mesh)),
  };
}

const reaches = ({ verdict }: AccessRow) => verdict === 'allowed' || verdict === 'mixed';

/** Hosts that are allowed by name and not declared, when the entity declares any. */
const undeclaredHosts = (rows: readonly AccessRow[]): readonly UndeclaredHost[] =>
  rows
    .filter(row => row.declared === false && row.host !== '*' && reaches(row))
    .map(({ host, port, protocol }) => ({ host, port, protocol }));

export interface EntityTabOptions {
  readonly workload?: string;
  /** With the workload's slice of the mesh, which holds manifests. */
  readonly withSlice: boolean;
  readonly workers: MeshWorkers;
}

/** The entity tab: everything about one of its workloads, the first when none is named. */
export async function entityTab(
  input: EntityInput,
  context: ViewContext,
  { workload: wanted, withSlice, workers }: EntityTabOptions,
): Promise<EntityTabAnswer> {
  const all = boundWorkloads(input, context);
  if (all.length === 0) return unbound(input, context);
  const chosen = chooseWorkload(input, context, wanted);
  const own = new Set(all.map(({ bound }) => refKey(bound.ref)));
  const isOwn = (ref: WorkloadRef) => own.has(refKey(ref));
  const hosts = input.hosts.targets;
  const { ref: workload } = chosen.bound;
  const [answer, observed, selected, findings] = await Promise.all([
    workers.run('tab', digestOf(chosen.mesh), { workload, hosts, withSlice }),
    context.observed.of(chosen.mesh, workload.namespace, context.now),
    workloadCard(chosen, context, { hosts, workers }),
    Promise.all(findingsOf(chosen, context).map(item => findingDetails(item, context, isOwn))),
  ]);
  return {
    kind: 'workload',
    workloads: all.map(({ bound }) => bound),
    selected,
    source: sourceState(chosen.mesh, { withIssues: true, observed }),
    paths: answer.paths,
    access: observedRows(answer.access, observed, {
      workload,
      hosts: answer.access.map(({ host }) => host),
    }),
    findings: findings.map(item => ({
      ...item,
      // whose else it is, is for those who may see the mesh
      finding: {
        ...item.finding,
        workloads: {
          count: item.finding.workloads.count,
          list: item.finding.workloads.list.filter(isOwn),
        },
      },
    })),
    undeclared: hosts.length === 0 ? [] : undeclaredHosts(answer.access),
    invalidHosts: input.hosts.invalid,
    ...(answer.slice === undefined ? {} : { slice: answer.slice }),
  };
}

/** What edits would change for one workload of the entity. */
export async function entityWhatIf(
  input: EntityInput,
  context: ViewContext,
  options: {
    readonly request: EntityWhatIfRequest;
    readonly seesMesh: boolean;
    readonly workers: MeshWorkers;
  },
): Promise<EntityWhatIfAnswer> {
  const { request, seesMesh, workers } = options;
  const { workload: wanted, ...edits } = request;
  checkEdits(edits);
  const chosen = chooseWorkload(input, context, wanted);
  const { ref } = chosen.bound;
  const result = await workers.run('whatIfOf', digestOf(chosen.mesh), {
    edits,
    declared: { [refKey(ref)]: input.hosts.targets },
    workload: ref,
    elsewhere: seesMesh,
  });
  return {
    workload: chosen.bound,
    source: sourceState(chosen.mesh),
    changes: meshChanges([differenceOf(chosen.mesh, result, context)], context),
    access: result.access,
    issues: result.issues,
    ...(result.elsewhere === undefined ? {} : { elsewhere: result.elsewhere }),
  };
}

/** How to make a call of the entity succeed. */
export async function suggestFor(
  input: EntityInput,
  context: ViewContext,
  { request, workers }: { readonly request: SuggestRequest; readonly workers: MeshWorkers },
): Promise<SuggestAnswer> {
  const chosen = chooseWorkload(input, context, request.workload);
  const call = { ...request.call, from: chosen.bound.ref };
  const answer = await workers.run('suggest', digestOf(chosen.mesh), { call });
  return { workload: chosen.bound, source: sourceState(chosen.mesh), ...answer };
}
