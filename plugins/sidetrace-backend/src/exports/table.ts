import { csvCell } from '@sidetrace/core/audit';

/** A table as text, row by row, so that it need not be in memory as a whole. */
export interface TableFormat {
  readonly head: (columns: readonly string[]) => string;
  readonly row: (cells: readonly (string | number)[]) => string;
}

const csvLine = (cells: readonly (string | number)[]) => `${cells.map(csvCell).join(',')}\r\n`;

/** RFC 4180; what a spreadsheet would run as a formula is quoted. */
export const csv: TableFormat = { head: csvLine, row: csvLine };

const markdownCell = (cell: string | number) =>
  String(cell).replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\r?\n/g, ' ');
const markdownLine = (cells: readonly (string | number)[]) =>
  `| ${cells.map(markdownCell).join(' | ')} |\n`;

/** A GitHub-flavoured table. */
export const markdown: TableFormat = {
  head: columns => `${markdownLine(columns)}${markdownLine(columns.map(() => '---'))}`,
  row: markdownLine,
};

/** A JSON array, item by item. */
export async function* jsonArray(
  items: AsyncIterable<unknown> | Iterable<unknown>,
): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const item of items) {
    yield `${separator}${JSON.stringify(item)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}
