import type { BypassFilter } from '@sidetrace/backstage-plugin-sidetrace-common';
import { filterBypasses } from '../views/bypasses';
import type { ViewContext } from '../views/view-context';
import { originText } from './origin-text';
import { csv, jsonArray, markdown, type TableFormat } from './table';

function* rowsOf(context: ViewContext, filter: BypassFilter) {
  for (const { mesh, bypass, refs } of filterBypasses(context, filter)) {
    for (const ref of refs) {
      const { workloads: _, ...entry } = bypass;
      yield { workload: context.names.of(mesh, ref), ...entry };
    }
  }
}

const columns = ['source', 'workload', 'owner', 'reason', 'covers', 'message', 'decided by'];

function* table(format: TableFormat, rows: ReturnType<typeof rowsOf>) {
  yield format.head(columns);
  for (const { workload, reason, covers, message, origin } of rows) {
    const { source, ref, owner = '' } = workload;
    const name = `${ref.namespace}/${ref.name}`;
    const decided = origin === undefined ? '' : originText(origin);
    yield format.row([source, name, owner, reason, covers, message, decided]);
  }
}

/** The bypass inventory as text, one line for each workload. */
export async function* exportBypasses(
  context: ViewContext,
  filter: BypassFilter,
  format: 'csv' | 'json' | 'markdown',
): AsyncGenerator<string> {
  const rows = rowsOf(context, filter);
  if (format === 'json') yield* jsonArray(rows);
  else yield* table(format === 'csv' ? csv : markdown, rows);
}
