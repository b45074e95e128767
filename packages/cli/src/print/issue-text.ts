import { formatObjectRef, type Issue } from '@sidetrace/core';
import type { Palette } from './palette';
import type { Places } from './places';

const rank = { error: 0, warning: 1, info: 2 } as const;

function issueLine(issue: Issue, places: Places, palette: Palette): string {
  const { severity, source, object, path, message, hint } = issue;
  const colour =
    severity === 'error' ? palette.red : severity === 'warning' ? palette.yellow : palette.dim;
  const where = source === undefined ? '' : `${places.place(source, path)}: `;
  const what = object === undefined ? '' : `${formatObjectRef(object)}: `;
  const next = hint === undefined ? '' : palette.dim(` (${hint})`);
  return `${where}${colour(severity)}: ${what}${message}${next}`;
}

export interface IssueTextOptions {
  /** Lowest severity that is shown. */
  readonly least: Issue['severity'];
  /** Most lines; the rest is counted. */
  readonly limit: number;
}

/** Issues, worst first, one line each; what is left out is counted in the last line. */
export function issueText(
  issues: readonly Issue[],
  places: Places,
  palette: Palette,
  { least, limit }: IssueTextOptions,
): string {
  const shown = issues
    .filter(issue => rank[issue.severity] <= rank[least])
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
  const lines = shown.slice(0, limit).map(issue => issueLine(issue, places, palette));
  if (shown.length > limit)
    lines.push(palette.dim(`and ${shown.length - limit} more (--verbose shows all)`));
  return lines.map(line => `${line}\n`).join('');
}
