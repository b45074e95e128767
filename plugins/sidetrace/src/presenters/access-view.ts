import type { FindingDetails, UndeclaredHost } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessRow } from '@sidetrace/core';
import { csvText } from './csv-text';
import { shortOrigin } from './origin-text';

/** A row of the table of external access. */
export interface AccessItem {
  readonly id: string;
  readonly host: string;
  readonly anyHost: boolean;
  readonly port: number;
  readonly protocol: AccessRow['protocol'];
  readonly verdict: AccessRow['verdict'];
  /** What let it through or stopped it: an object, a default, a gateway. */
  readonly through: string;
  readonly reasons: string;
  /** `blocked`: declared and not reached; `undeclared`: reached by name, and the entity's list lacks it. */
  readonly declared: 'yes' | 'blocked' | 'no' | 'undeclared';
  /** Calls that were made, and since when they are counted; absent when nobody counts them. */
  readonly observed: AccessRow['observed'];
  /** Open findings that name this host. */
  readonly findings: number;
  readonly symptom: string;
  /** Address for `Try a call`; for a pattern that of a host which it covers. */
  readonly address: string;
}

const schemes: Readonly<Record<AccessRow['protocol'], string>> = {
  HTTP: 'http',
  TLS: 'https',
  TCP: 'tcp',
  UDP: 'udp',
};

interface Place {
  readonly host: string;
  readonly port: number;
  readonly protocol: AccessRow['protocol'];
}

/** A host that the pattern covers; any name that nobody registers stands for `*`. */
const sampleOf = (host: string) =>
  host === '*' ? 'unregistered.example' : host.replace(/^\*\./, 'sample.');

/** What `Try a call` understands. */
export const addressOf = ({ host, port, protocol }: Place): string =>
  `${schemes[protocol]}://${sampleOf(host)}:${port}`;

const placeKey = ({ host, port, protocol }: Place) => `${host}:${port}/${protocol}`;

function declaredOf(row: AccessRow, undeclared: ReadonlySet<string>): AccessItem['declared'] {
  if (row.declared === true) {
    return row.delivery === 'reaches' || row.delivery === 'mixed' ? 'yes' : 'blocked';
  }
  return undeclared.has(placeKey(row)) ? 'undeclared' : 'no';
}

/** How many open findings name each host. */
function findingCounts(findings: readonly FindingDetails[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { state, finding } of findings) {
    if (state === 'waived') continue;
    for (const host of finding.hosts.list) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return counts;
}

interface Beside {
  readonly undeclared?: readonly UndeclaredHost[];
  readonly findings?: readonly FindingDetails[];
}

export function accessItems(
  rows: readonly AccessRow[],
  { undeclared = [], findings = [] }: Beside = {},
): readonly AccessItem[] {
  const lacking = new Set(undeclared.map(placeKey));
  const counts = findingCounts(findings);
  return rows.map(row => {
    const { via, deciding } = row;
    return {
      id: row.id,
      host: row.host,
      anyHost: row.host === '*',
      port: row.port,
      protocol: row.protocol,
      verdict: row.verdict,
      through: via === undefined ? shortOrigin(deciding) : `gateway ${via}`,
      reasons: row.reasons.join(', '),
      declared: declaredOf(row, lacking),
      observed: row.observed,
      findings: counts.get(row.host) ?? 0,
      symptom: row.symptom,
      address: addressOf(row),
    };
  });
}

export type AccessColumn =
  | 'host'
  | 'port'
  | 'verdict'
  | 'through'
  | 'declared'
  | 'observed'
  | 'findings';

export interface AccessFilter {
  readonly text: string;
  readonly verdict: string;
  /** Only hosts that were called. */
  readonly observedOnly: boolean;
  readonly sort: AccessColumn;
  readonly descending: boolean;
}

const calls = (item: AccessItem) => item.observed?.calls ?? 0;

/** Whether somebody counts the calls of these rows: without that there is no column for it. */
export const isObserved = (items: readonly AccessItem[]): boolean =>
  items.some(({ observed }) => observed !== undefined);

/** Rows that fit the filter, sorted; rows that are equal in the column stay in order. */
export function filterAccess(
  items: readonly AccessItem[],
  { text, verdict, observedOnly, sort, descending }: AccessFilter,
): readonly AccessItem[] {
  const wanted = text.trim().toLowerCase();
  const fits = (item: AccessItem) =>
    (verdict === '' || item.verdict === verdict) &&
    (!observedOnly || calls(item) > 0) &&
    [item.host, item.through, item.reasons, String(item.port)].some(value =>
      value.toLowerCase().includes(wanted),
    );
  const direction = descending ? -1 : 1;
  const valueOf = (item: AccessItem) => (sort === 'observed' ? calls(item) : item[sort]);
  return items.filter(fits).sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === right) return 0;
    return left < right ? -direction : direction;
  });
}

/** The table as CSV with a header line. */
export function accessCsv(items: readonly AccessItem[]): string {
  const counted = isObserved(items);
  const header = [
    ...['host', 'port', 'protocol', 'verdict', 'through', 'declared', 'reasons', 'sees'],
    ...(counted ? ['calls', 'since'] : []),
  ];
  const lines = items.map(item => [
    item.host,
    String(item.port),
    item.protocol,
    item.verdict,
    item.through,
    item.declared === 'yes' || item.declared === 'blocked' ? 'yes' : 'no',
    item.reasons,
    item.symptom,
    ...(counted ? [String(item.observed?.calls ?? ''), item.observed?.since ?? ''] : []),
  ]);
  return csvText([header, ...lines]);
}
