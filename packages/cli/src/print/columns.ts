/** Width on a terminal, without colour codes. */
export const visibleWidth = (text: string): number =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes start with escape
  text.replace(/\u001b\[[0-9;]*m/g, '').length;

const pad = (text: string, width: number) =>
  text + ' '.repeat(Math.max(0, width - visibleWidth(text)));

/** Rows as left-aligned columns, two spaces apart; the last column is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, visibleWidth(cell));
    });
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : pad(cell, widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  return rows.map(row => `${line(row)}\n`).join('');
}

/** Breaks text at spaces; every line after the first starts with `indent` spaces. */
export function wrap(text: string, width: number, indent = 0): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = width - (lines.length === 0 ? 0 : indent);
    if (line !== '' && visibleWidth(line) + 1 + visibleWidth(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
