/** Cells that a spreadsheet would take as a formula get an apostrophe (OWASP, CSV injection). */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of cells as CSV (RFC 4180). */
export const csvText = (lines: readonly (readonly string[])[]): string =>
  lines.map(line => `${line.map(csvCell).join(',')}\r\n`).join('');
