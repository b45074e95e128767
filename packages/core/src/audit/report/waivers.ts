import type { Issue } from '../../origin';
import type { Finding } from '../findings/finding';

/** An accepted finding: which, why, who answers for it, until when. */
export interface Waiver {
  /** Rule id; `*` at the end stands for a whole family, for example `egress/*`. */
  readonly id: string;
  /** `Kind namespace/name`; `*` stands for any text. */
  readonly resource: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly expires: string;
}

export interface WaivedFinding {
  readonly finding: Finding;
  readonly waiver: Waiver;
}

export interface WaiverResult {
  readonly open: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  /** Findings whose waiver has run out: they count as open and fail the audit. */
  readonly expired: readonly WaivedFinding[];
  /** Waivers that match nothing. */
  readonly unused: readonly Waiver[];
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const pattern = (text: string) => new RegExp(`^${text.split('*').map(escaped).join('.*')}$`);

function matcher({ id, resource }: Waiver): (finding: Finding) => boolean {
  const ids = pattern(id);
  const resources = pattern(resource);
  return ({ id: rule, object: { kind, namespace, name } }) =>
    ids.test(rule) &&
    resources.test(namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`);
}

/** Sorts findings by waiver. `today` is `YYYY-MM-DD`, given by the caller: core reads no clock. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  today: string,
): WaiverResult {
  const matchers = waivers.map(waiver => ({ waiver, matches: matcher(waiver) }));
  const used = new Set<Waiver>();
  const open: Finding[] = [];
  const waived: WaivedFinding[] = [];
  const expired: WaivedFinding[] = [];
  for (const finding of findings) {
    const fitting = matchers.filter(({ matches }) => matches(finding)).map(({ waiver }) => waiver);
    for (const waiver of fitting) used.add(waiver);
    const valid = fitting.find(waiver => waiver.expires >= today);
    const [old] = fitting;
    if (valid !== undefined) waived.push({ finding, waiver: valid });
    else if (old !== undefined) expired.push({ finding, waiver: old });
    else open.push(finding);
  }
  return { open, waived, expired, unused: waivers.filter(waiver => !used.has(waiver)) };
}

const fields = ['id', 'resource', 'reason', 'owner', 'expires'] as const;
const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Whether a text is a day of the calendar. */
function isDay(text: string): boolean {
  if (!day.test(text)) return false;
  const [year = 0, month = 0, date = 0] = text.split('-').map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const longest = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return date <= longest;
}

function readWaiver(value: unknown, index: number, issues: Issue[]): Waiver | undefined {
  const path = `waivers.${index}`;
  const report = (message: string, at = path) =>
    issues.push({
      code: 'bad-waiver',
      severity: 'error',
      message,
      hint: `a waiver has ${fields.join(', ')}`,
      path: at,
    });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report('a waiver is a map');
    return undefined;
  }
  const before = issues.length;
  const given = new Map<string, unknown>(Object.entries(value));
  for (const key of given.keys()) {
    if (!fields.some(name => name === key))
      report(`field \`${key}\` is not known`, `${path}.${key}`);
  }
  const text = (name: (typeof fields)[number]) => {
    const item = given.get(name);
    if (typeof item === 'string' && item.trim() !== '') return item;
    report(`\`${name}\` is missing or empty`, `${path}.${name}`);
    return '';
  };
  const waiver = {
    id: text('id'),
    resource: text('resource'),
    reason: text('reason'),
    owner: text('owner'),
    expires: text('expires'),
  };
  if (waiver.expires !== '' && !isDay(waiver.expires)) {
    report(`\`${waiver.expires}\` is no date of the form 2027-01-31`, `${path}.expires`);
  }
  return issues.length === before ? waiver : undefined;
}

const badFile = (message: string): Issue => ({
  code: 'bad-waiver',
  severity: 'error',
  message,
  hint: 'see docs/waivers.md',
});

/**
 * Reads a waiver file's value: `{ waivers: [...] }`, or the list itself. Strict: an unknown field is an error.
 * `schemas/waivers-v1.schema.json` describes the same.
 */
export function readWaivers(value: unknown): {
  readonly waivers: readonly Waiver[];
  readonly issues: readonly Issue[];
} {
  const fields = new Map<string, unknown>(
    Array.isArray(value) ? [['waivers', value]] : Object.entries(value ?? {}),
  );
  const list = fields.get('waivers');
  if (!Array.isArray(list)) {
    return { waivers: [], issues: [badFile('a waiver file holds a list under `waivers`')] };
  }
  const issues = [...fields.keys()]
    .filter(name => name !== 'waivers' && name !== '$schema')
    .map(name => badFile(`field \`${name}\` is not known`));
  const waivers = list.flatMap((item: unknown, index) => readWaiver(item, index, issues) ?? []);
  return { waivers, issues };
}
