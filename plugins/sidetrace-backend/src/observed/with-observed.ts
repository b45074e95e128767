import type { AccessRow, WorkloadRef } from '@sidetrace/core';
import type { CallCount } from './call-count';

/** What `destination_service_name` says of calls that are to nothing in the registry. */
const unregistered: ReadonlySet<string> = new Set(['PassthroughCluster', 'BlackHoleCluster']);

/** The closest of the known wildcards that cover a host, `*` aside. */
function wildcardOf(host: string, known: ReadonlySet<string>): string | undefined {
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const wildcard = `*${host.slice(dot)}`;
    if (wildcard !== host && known.has(wildcard)) return wildcard;
  }
  return undefined;
}

/** A Host header may name the port; the host of the registry does not. */
function addressOf(service: string): { readonly host: string; readonly port?: number } {
  const [, host = service, port] = /^(.+?)(?::(\d{1,5}))?$/.exec(service.toLowerCase()) ?? [];
  return { host, ...(port === undefined ? {} : { port: Number(port) }) };
}

/** The host under which a call is listed: its own, else the closest wildcard, else what stands for all others. */
function listedAs(host: string, count: CallCount, known: ReadonlySet<string>): string | undefined {
  if (known.has(host)) return host;
  const wildcard = wildcardOf(host, known);
  if (wildcard !== undefined) return wildcard;
  return unregistered.has(count.serviceName) && host !== 'unknown' ? '*' : undefined;
}

interface Listed {
  readonly port?: number;
  readonly calls: number;
}

function listedCalls(counts: readonly CallCount[], known: ReadonlySet<string>) {
  const byHost = new Map<string, Listed[]>();
  for (const count of counts) {
    const { host, ...rest } = addressOf(count.service);
    const listed = listedAs(host, count, known);
    if (listed === undefined) continue;
    const item = { ...rest, calls: count.calls };
    const before = byHost.get(listed);
    if (before === undefined) byHost.set(listed, [item]);
    else before.push(item);
  }
  return byHost;
}

/** Calls that no sidecar sees: UDP, and what goes around it. */
const isUnseen = ({ protocol, control }: AccessRow) => protocol === 'UDP' || control === 'bypass';

/**
 * Whether no count means no call: only where the sidecar would have counted under this host. It does not where a
 * wildcard of the registry, a gateway or a route stands in for the host, or where the host is not known.
 */
function tellsZero({ host, control, protocol, deciding }: AccessRow, known: ReadonlySet<string>) {
  if (host === '*' || wildcardOf(host, known) !== undefined) return false;
  if (deciding.kind === 'object' && deciding.object.kind === 'VirtualService') return false;
  return control === 'registered' || (control === 'passthrough' && protocol === 'HTTP');
}

/** `increase` extrapolates; what happened at all is at least one call. */
const whole = (calls: number) => (calls > 0 ? Math.max(1, Math.round(calls)) : 0);

/** What is counted for the rows of one workload. */
export interface Observation {
  readonly counts: readonly CallCount[];
  /** From when on, ISO 8601. */
  readonly since: string;
}

/** Rows of one workload with the calls that it really made; `hosts` are all that its rows stand for. */
export function withObserved(
  rows: readonly AccessRow[],
  { workload, hosts }: { readonly workload: WorkloadRef; readonly hosts: Iterable<string> },
  { counts, since }: Observation,
): readonly AccessRow[] {
  const { namespace, name } = workload;
  const own = counts.filter(item => item.namespace === namespace && item.workload === name);
  // without any series nobody knows whether the workload is scraped
  if (own.length === 0) return rows;
  const known = new Set([...hosts].map(host => host.toLowerCase()));
  const listed = listedCalls(own, known);
  return rows.map(row => {
    if (isUnseen(row)) return row;
    const fitting = (listed.get(row.host.toLowerCase()) ?? []).filter(
      ({ port }) => port === undefined || port === row.port,
    );
    const calls = whole(fitting.reduce((sum, item) => sum + item.calls, 0));
    return calls > 0 || tellsZero(row, known) ? { ...row, observed: { calls, since } } : row;
  });
}
