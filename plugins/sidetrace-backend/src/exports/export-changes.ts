import type { CellAnswer } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { MeshDifference } from '../views/mesh-changes';
import type { ViewContext } from '../views/view-context';
import { originText } from './origin-text';
import { csv, markdown, type TableFormat } from './table';

const columns = [
  'what',
  'change',
  'source',
  'workload',
  'owner',
  'host or check',
  'port',
  'protocol',
  'before',
  'after',
  'decided by',
];

const wordOf = (answer: CellAnswer | undefined) => answer?.verdict ?? '';

function* accessRows({ mesh, changes }: MeshDifference, { names }: Pick<ViewContext, 'names'>) {
  for (const { change, column, before, after, workloads } of changes) {
    const { host, port, protocol } = column;
    const deciding = (after ?? before)?.deciding;
    const decided = deciding === undefined ? '' : originText(deciding);
    for (const ref of workloads) {
      const { source, owner = '' } = names.of(mesh, ref);
      const name = `${ref.namespace}/${ref.name}`;
      const place = [host, port, protocol, wordOf(before), wordOf(after), decided];
      yield ['access', change, source, name, owner, ...place];
    }
  }
}

function* findingRows({ mesh, findingsAdded, findingsRemoved }: MeshDifference) {
  const lists = [
    ['added', findingsAdded],
    ['removed', findingsRemoved],
  ] as const;
  for (const [change, list] of lists) {
    for (const { finding, owners } of list) {
      const { object, id, message } = finding;
      const name = `${object.namespace ?? ''}/${object.name}`;
      yield [
        'finding',
        change,
        mesh.source.id,
        name,
        owners.join(' '),
        id,
        '',
        '',
        '',
        message,
        '',
      ];
    }
  }
}

function* table(
  format: TableFormat,
  differences: readonly MeshDifference[],
  context: Pick<ViewContext, 'names'>,
) {
  yield format.head(columns);
  for (const difference of differences) {
    for (const row of accessRows(difference, context)) yield format.row(row);
    for (const row of findingRows(difference)) yield format.row(row);
  }
}

/** What differs between two states of meshes as text, one line for each workload and host or finding. */
export function* exportChanges(
  differences: readonly MeshDifference[],
  context: Pick<ViewContext, 'names'>,
  format: 'csv' | 'json' | 'markdown',
): Generator<string> {
  if (format !== 'json') {
    yield* table(format === 'csv' ? csv : markdown, differences, context);
    return;
  }
  const plain = differences.map(({ mesh, ...difference }) => ({
    source: mesh.source.id,
    ...difference,
  }));
  yield `${JSON.stringify(plain, undefined, 2)}\n`;
}
