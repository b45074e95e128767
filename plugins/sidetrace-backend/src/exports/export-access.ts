import type {
  CellAnswer,
  MatrixColumn,
  MatrixFilter,
  NamedWorkload,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { verdicts } from '@sidetrace/core/access';
import { filterMatrix } from '../views/matrix';
import type { ViewContext } from '../views/view-context';
import { originText } from './origin-text';
import { csv, jsonArray, markdown, type TableFormat } from './table';

interface ExportedCell extends MatrixColumn, CellAnswer {
  readonly workload: NamedWorkload;
}

const pause = () => new Promise<void>(resolve => setImmediate(resolve));

/** One cell for each workload and host; made group by group. */
async function* cellsOf(context: ViewContext, filter: MatrixFilter): AsyncGenerator<ExportedCell> {
  const wanted = filter.verdict === undefined ? undefined : verdicts.indexOf(filter.verdict);
  for (const { mesh, refs, rows } of filterMatrix(context, filter)) {
    const answers = await context.analyses.answers(mesh.loaded);
    const { access } = mesh.loaded.index;
    for (const ref of refs) {
      await pause();
      const workload = context.names.of(mesh, ref);
      for (const at of rows.values()) {
        const [column = -1, , verdict] = access.rows[at] ?? [];
        const [named, answer] = [access.columns[column], answers[at]];
        if (named === undefined || answer === undefined) continue;
        if (wanted === undefined || wanted === verdict) yield { workload, ...named, ...answer };
      }
    }
  }
}

const columns = [
  'source',
  'workload',
  'owner',
  'host',
  'port',
  'protocol',
  'verdict',
  'control',
  'via',
  'reasons',
  'decided by',
  'tls',
  'symptom',
];

function rowOf(cell: ExportedCell): readonly (string | number)[] {
  const { workload, host, port, protocol, verdict, control, via = '', reasons } = cell;
  const { namespace, name } = workload.ref;
  return [
    workload.source,
    `${namespace}/${name}`,
    workload.owner ?? '',
    host,
    port,
    protocol,
    verdict,
    control,
    via,
    reasons.join(' '),
    originText(cell.deciding),
    cell.tlsOnTheWire,
    cell.symptom,
  ];
}

async function* table(format: TableFormat, cells: AsyncIterable<ExportedCell>) {
  yield format.head(columns);
  for await (const cell of cells) yield format.row(rowOf(cell));
}

/** The access matrix as text, one line for each workload and host. */
export function exportAccess(
  context: ViewContext,
  filter: MatrixFilter,
  format: 'csv' | 'json' | 'markdown',
): AsyncIterable<string> {
  const cells = cellsOf(context, filter);
  return format === 'json' ? jsonArray(cells) : table(format === 'csv' ? csv : markdown, cells);
}
