import type {
  AccessChange,
  BoundWorkload,
  EditIssue,
  WhatIfEdits,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import {
  type AccessOptions,
  type AccessRow,
  type AccessTarget,
  applyChanges,
  diffAccess,
  externalAccess,
  type Mesh,
} from '@sidetrace/core';
import { readEdits } from './edits';

/** What the edits change for one workload, computed on its part of the mesh. */
export interface TriedEdits {
  readonly mesh: Mesh;
  readonly changes: readonly AccessChange[];
  readonly unchanged: number;
  readonly issues: readonly EditIssue[];
}

const order: readonly AccessChange['change'][] = [
  'closed',
  'opened',
  'path',
  'added',
  'removed',
  'detail',
];

const targetOf = ({ host, port, protocol }: AccessRow): AccessTarget => ({ host, port, protocol });

/** Rows of a mesh, and those of the other one's hosts that it does not know: so every row has its counterpart. */
function rowsOf(mesh: Mesh, options: AccessOptions, also: readonly AccessRow[]) {
  const own = [...externalAccess(mesh, options)];
  const known = new Set(own.map(({ id }) => id));
  const missing = also.filter(({ id }) => !known.has(id)).map(targetOf);
  if (missing.length === 0) return own;
  const more = [...externalAccess(mesh, { ...options, onlyHosts: missing })];
  return [...own, ...more.filter(({ id }) => !known.has(id))];
}

const answerOf = (row: AccessRow) => ({
  verdict: row.verdict,
  delivery: row.delivery,
  control: row.control,
  ...(row.via === undefined ? {} : { via: row.via }),
  reasons: row.reasons,
  deciding: row.deciding,
  tlsOnTheWire: row.tlsOnTheWire,
  symptom: row.symptom,
  assumptions: row.assumptions,
});

function changeOf(
  workload: BoundWorkload,
  change: AccessChange['change'],
  before: AccessRow | undefined,
  after: AccessRow | undefined,
): readonly AccessChange[] {
  const row = after ?? before;
  if (row === undefined) return [];
  return [
    {
      source: workload.source,
      change,
      host: row.host,
      port: row.port,
      protocol: row.protocol,
      ...(before === undefined ? {} : { before: answerOf(before) }),
      ...(after === undefined ? {} : { after: answerOf(after) }),
      workloads: { count: 1, list: [workload] },
    },
  ];
}

/**
 * Tries edits on the workload's part of the mesh. `rows` are its answers as they are: the hosts that it declares are
 * among them, and `asked` are further hosts that somebody wants to see before and after.
 */
export function tryEdits(
  mesh: Mesh,
  workload: BoundWorkload,
  edits: WhatIfEdits,
  also: { readonly rows: readonly AccessRow[]; readonly asked: readonly AccessTarget[] },
): TriedEdits {
  const { changes, issues } = readEdits(edits);
  const changed = applyChanges(mesh, changes);
  const declared = also.rows.filter(row => row.declared === true).map(targetOf);
  const { namespace, name } = workload.ref;
  const options: AccessOptions = {
    workloads: [workload.ref],
    hosts: also.asked,
    declared: { [`${namespace}/${name}`]: declared },
  };
  const before = [...externalAccess(mesh, options)];
  const after = rowsOf(changed.mesh, options, before);
  const diff = diffAccess(rowsOf(mesh, options, after), after);
  const found = [
    ...diff.changed.flatMap(item => changeOf(workload, item.change, item.before, item.after)),
    ...diff.added.flatMap(row => changeOf(workload, 'added', undefined, row)),
    ...diff.removed.flatMap(row => changeOf(workload, 'removed', row, undefined)),
  ];
  return {
    mesh: changed.mesh,
    changes: found.sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change)),
    unchanged: diff.unchanged,
    issues: [...issues, ...changed.issues.map(issue => ({ ...issue, edit: 'apply' as const }))],
  };
}
