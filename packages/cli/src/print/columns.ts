/** Width on a terminal, without colour codes. */
export const visibleWidth = (text: string): number =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes start with escape
  text.replace(/\u001b\[[0-9;]*m/g, '').length;

const pad = (text: string, width: number) =>
  text + ' '.repeat(Math.max(0, width - visibleWidth(text)));

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, visibleWidth(cell));
    });
  }
  return widths;
}

/** Rows as left-aligned columns, two spaces apart; the last column is not padded. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = widthsOf(rows);
  return rows.map(row =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : pad(cell, widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/**
 * Rows as columns. A table that is wider than a terminal has its last column below each row; without a width, as in a
 * pipe, a row is always one line.
 */
export function columns(rows: readonly (readonly string[])[], width?: number): string {
  const lines = aligned(rows);
  if (width === undefined || lines.every(line => visibleWidth(line) <= width)) {
    return lines.map(line => `${line}\n`).join('');
  }
  const short = aligned(rows.map(row => row.slice(0, -1)));
  return rows
    .map((row, at) => {
      const last = row.at(-1) ?? '';
      const below = last === '' ? '' : `    ${wrap(last, width - 4, 4)}\n`;
      return `${short[at]}\n${below}`;
    })
    .join('');
}

/** Breaks text at spaces; every line after the first starts with `indent` spaces. Spaces in front stay. */
export function wrap(text: string, width: number, indent = 0): string {
  const lines: string[] = [];
  const lead = /^ */.exec(text)?.[0] ?? '';
  let line = '';
  for (const word of text.slice(lead.length).split(' ')) {
    const taken = lines.length === 0 ? lead.length : indent;
    if (line !== '' && taken + visibleWidth(line) + 1 + visibleWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return `${lead}${[...lines, line].join(`\n${' '.repeat(indent)}`)}`;
}
