import type { Suggestion, WhatIfEdits } from '@sidetrace/backstage-plugin-sidetrace-common';
import {
  type AccessOptions,
  type AccessTarget,
  externalAccess,
  findWorkload,
  type MeshChange,
  simulate,
  sliceMesh,
  type Trace,
  trafficPaths,
  type Workload,
  type WorkloadRef,
} from '@sidetrace/core';
import { callOfTarget, expandTarget, nearMisses, suggestFixes } from '@sidetrace/core/access';
import type { Jobs, MeshJobName } from '../worker/jobs';
import { analyseMesh, indexWorkloads } from './analyse-mesh';
import type { BuiltMesh } from './built-mesh';
import { tryEdits, tryEditsOf } from './what-if';

type Answers = {
  readonly [Name in MeshJobName]: (
    built: BuiltMesh,
    input: Jobs[Name]['input'],
  ) => Jobs[Name]['result'];
};

function required({ mesh }: BuiltMesh, ref: WorkloadRef): Workload {
  const workload = findWorkload(mesh, ref);
  if (workload === undefined) {
    throw new Error(`the snapshot has no ${ref.kind} ${ref.namespace}/${ref.name}`);
  }
  return workload;
}

/** Rows of one workload; with `declared` in each when it declares any host. */
function rowsOf(
  { mesh }: BuiltMesh,
  ref: WorkloadRef,
  hosts: readonly AccessTarget[],
  options: AccessOptions = {},
) {
  const declared =
    hosts.length === 0 ? {} : { declared: { [`${ref.namespace}/${ref.name}`]: hosts } };
  return [...externalAccess(mesh, { workloads: [ref], ...declared, ...options })];
}

/** A remedy's changes as a request for what-if. */
function editsOf(yaml: string, changes: readonly MeshChange[]): WhatIfEdits {
  const remove = changes.flatMap(change => (change.kind === 'remove' ? [change.object] : []));
  const annotate = changes.flatMap(change => {
    if (change.kind !== 'annotate') return [];
    const { workload, annotation, value } = change;
    return [{ workload, annotation, ...(value === undefined ? {} : { value }) }];
  });
  const mode = changes.flatMap(change => (change.kind === 'set-outbound' ? [change.mode] : []));
  return {
    ...(yaml === '' ? {} : { apply: yaml }),
    ...(remove.length === 0 ? {} : { remove }),
    ...(annotate.length === 0 ? {} : { annotate }),
    ...(mode.includes('ALLOW_ANY') ? { outboundMode: 'ALLOW_ANY' as const } : {}),
  };
}

function suggest({ mesh }: BuiltMesh, { call }: Jobs['suggest']['input']) {
  const trace = simulate(mesh, call);
  const suggestions: readonly Suggestion[] = suggestFixes(mesh, trace).map(
    ({ title, yaml, changes, after }) => ({ title, yaml, edits: editsOf(yaml, changes), after }),
  );
  return {
    trace,
    suggestions,
    nearHosts: nearMisses(mesh, call.to),
    blockedBy: trace.blockers.flatMap(({ origin }) =>
      origin?.kind === 'object' ? [origin.object] : [],
    ),
  };
}

function traceOfCell(built: BuiltMesh, { workload, target }: Jobs['cell']['input']) {
  const { mesh } = built;
  const caller = required(built, workload);
  const [expanded] = expandTarget(mesh, target);
  const [row] = rowsOf(built, workload, [], { onlyHosts: [target] });
  const sample = expanded ?? { ...target, sample: target.host };
  const trace: Trace = simulate(mesh, callOfTarget(caller, sample));
  return { ...(row === undefined ? {} : { row }), trace };
}

/** How each question about a mesh is answered. */
const answers: Answers = {
  workloads: ({ mesh }) => indexWorkloads(mesh),
  analyse: (built, { declared }) => analyseMesh(built, declared),
  tab: (built, { workload, hosts, withSlice }) => {
    const found = required(built, workload);
    return {
      paths: trafficPaths(built.mesh, workload),
      access: rowsOf(built, workload, hosts),
      ...(withSlice ? { slice: sliceMesh(built.mesh, found) } : {}),
    };
  },
  declared: (built, { workload, hosts }) => rowsOf(built, workload, hosts, { onlyHosts: hosts }),
  trace: ({ mesh }, { call }) => simulate(mesh, call),
  cell: traceOfCell,
  suggest,
  whatIf: tryEdits,
  whatIfOf: tryEditsOf,
};

/** Answers one question; throws only when the question names something that the mesh does not have. */
export function answerJob<Name extends MeshJobName>(
  built: BuiltMesh,
  name: Name,
  input: Jobs[Name]['input'],
): Jobs[Name]['result'] {
  return answers[name](built, input);
}
