import type { AccessRow } from '@sidetrace/core';
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
  readonly declared: boolean;
  readonly symptom: string;
  /** Address for `Try a call`; absent for a pattern. */
  readonly address?: string;
}

const schemes: Readonly<Record<AccessRow['protocol'], string>> = {
  HTTP: 'http',
  TLS: 'https',
  TCP: 'tcp',
  UDP: 'udp',
};

function addressOf({ host, port, protocol }: AccessRow): string | undefined {
  return host.includes('*') ? undefined : `${schemes[protocol]}://${host}:${port}`;
}

export function accessItems(rows: readonly AccessRow[]): readonly AccessItem[] {
  return rows.map(row => {
    const address = addressOf(row);
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
      declared: row.declared === true,
      symptom: row.symptom,
      ...(address === undefined ? {} : { address }),
    };
  });
}

export type AccessColumn = 'host' | 'port' | 'protocol' | 'verdict' | 'through';

export interface AccessFilter {
  readonly text: string;
  readonly verdict: string;
  readonly sort: AccessColumn;
  readonly descending: boolean;
}

/** Rows that fit the filter, sorted; rows that are equal in the column stay in order. */
export function filterAccess(
  items: readonly AccessItem[],
  { text, verdict, sort, descending }: AccessFilter,
): readonly AccessItem[] {
  const wanted = text.trim().toLowerCase();
  const fits = (item: AccessItem) =>
    (verdict === '' || item.verdict === verdict) &&
    [item.host, item.through, item.reasons, String(item.port)].some(value =>
      value.toLowerCase().includes(wanted),
    );
  const direction = descending ? -1 : 1;
  return items.filter(fits).sort((a, b) => {
    const [left, right] = [a[sort], b[sort]];
    if (left === right) return 0;
    return left < right ? -direction : direction;
  });
}

/** Cells that a spreadsheet would take as a formula get an apostrophe (OWASP, CSV injection). */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as CSV with a header line (RFC 4180). */
export function accessCsv(items: readonly AccessItem[]): string {
  const header = ['host', 'port', 'protocol', 'verdict', 'through', 'declared', 'reasons', 'sees'];
  const lines = items.map(item => [
    item.host,
    String(item.port),
    item.protocol,
    item.verdict,
    item.through,
    item.declared ? 'yes' : 'no',
    item.reasons,
    item.symptom,
  ]);
  return [header, ...lines].map(line => `${line.map(csvCell).join(',')}\r\n`).join('');
}
