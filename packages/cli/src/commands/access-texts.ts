import type { AccessRow } from '@sidetrace/core';
import type { AccessGroupRow } from '@sidetrace/core/access';
import {
  groupCsvHead,
  groupCsvRow,
  groupJson,
  groupMarkdownHead,
  groupMarkdownRow,
  groupsText,
} from '../print/access-groups';
import { accessCsvHead, accessCsvRow, accessMarkdown, accessText } from '../print/access-rows';
import { jsonArray } from '../print/stream';
import type { TextContext } from '../print/trace-text';
import { yamlText } from '../print/yaml-text';
import { json } from './command';

export type AccessFormat = 'text' | 'json' | 'yaml' | 'csv' | 'markdown';

type Verdicts = readonly string[] | undefined;

function* chosen<Row extends { readonly verdict: string }>(
  rows: Iterable<Row>,
  verdicts: Verdicts,
): Iterable<Row> {
  for (const row of rows) if (verdicts === undefined || verdicts.includes(row.verdict)) yield row;
}

function* lines<Row>(head: string, rows: Iterable<Row>, line: (row: Row) => string) {
  yield head;
  for (const row of rows) yield line(row);
}

function* each<Row>(rows: Iterable<Row>, text: (row: Row) => string) {
  for (const row of rows) yield text(row);
}

/** The matrix with a row for each workload, piece by piece. */
export function rowTexts(
  all: Iterable<AccessRow>,
  format: AccessFormat,
  verdicts: Verdicts,
  context: TextContext,
): Iterable<string> {
  const rows = chosen(all, verdicts);
  const { places } = context;
  switch (format) {
    case 'csv':
      return lines(accessCsvHead(), rows, row => accessCsvRow(row, places));
    case 'json':
      return each([rows], item => json([...item]));
    case 'yaml':
      return each([rows], item => yamlText([...item]));
    case 'markdown':
      return each([rows], item => accessMarkdown([...item], places));
    case 'text':
      return each([rows], item => accessText([...item], context));
  }
}

/** The matrix in groups of workloads, piece by piece. */
export function groupTexts(
  all: Iterable<AccessGroupRow>,
  format: AccessFormat,
  verdicts: Verdicts,
  context: TextContext,
): Iterable<string> {
  const rows = chosen(all, verdicts);
  const { places } = context;
  switch (format) {
    case 'csv':
      return lines(groupCsvHead(), rows, row => groupCsvRow(row, places));
    case 'json':
      return jsonArray(each(rows, row => JSON.stringify(groupJson(row))));
    case 'yaml':
      return each(rows, row => yamlText([groupJson(row)]));
    case 'markdown':
      return lines(groupMarkdownHead(), rows, row => groupMarkdownRow(row, places));
    case 'text':
      return each([rows], item => groupsText([...item], context));
  }
}
