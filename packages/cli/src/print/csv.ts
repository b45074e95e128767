/**
 * A cell of RFC 4180. A spreadsheet runs a cell that starts with `=`, `+`, `-`, `@`, tab or carriage return as a
 * formula; an apostrophe in front stops that.
 */
function cell(value: string | number | boolean | undefined): string {
  const text = value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export type CsvRow = readonly (string | number | boolean | undefined)[];

export const csvLine = (row: CsvRow): string => `${row.map(cell).join(',')}\r\n`;
