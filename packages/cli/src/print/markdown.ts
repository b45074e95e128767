/** Text that stays text inside a table cell. */
export const markdownCell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\r?\n/g, ' ');

export const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

/** A GitHub-flavoured table. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(' | ')} |\n`;
  return `${line(head)}| ${head.map(() => '---').join(' | ')} |\n${rows.map(line).join('')}`;
}

const escaped = (text: string) =>
  text.replace(/[\\*[\]<>|#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&');

/** Text that stays text: no emphasis, no link, no HTML; what stands in back ticks stays code. */
export const markdownText = (text: string): string =>
  text
    .replace(/\r?\n/g, ' ')
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : escaped(part).replaceAll('`', '\\`')))
    .join('');
