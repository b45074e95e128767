import { callOfTarget, expandTarget } from '../../access';
import { findWorkload, isInjected, type Mesh } from '../../mesh';
import { formatOrigin } from '../../origin';
import {
  type Call,
  type Disposition,
  type ReasonCode,
  simulate,
  type Trace,
} from '../../simulation';
import type { Hit } from '../rule';
import type { BlastRadius } from './blast-radius';

/** What decided on the way of a call. */
export interface DecidingStep {
  readonly title: string;
  /** The object, field and line, or the default, that made it so. */
  readonly because?: string;
}

/** A call that shows a finding: how it ends, what decided, and the command that shows all of it. */
export interface Evidence {
  readonly call: Call;
  readonly disposition: Disposition;
  readonly reasons: readonly ReasonCode[];
  readonly steps: readonly DecidingStep[];
  /** Put the input behind it: `-f FILE`. */
  readonly command: string;
}

const quote = (text: string) =>
  /^[A-Za-z0-9_./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** `sidetrace trace` for a call of a workload. */
export function traceCommand({ from, to, port, protocol }: Call): string {
  const caller = 'outside' in from ? `outside:${from.outside}` : `${from.namespace}/${from.name}`;
  const host = to.includes(':') ? `[${to}]` : to;
  return `sidetrace trace ${quote(caller)} ${quote(`${protocol}://${host}:${port}`)}`;
}

const maximum = 8;

/** Steps that name what decided: redirections, what Envoy matched, and what ended the call. */
function decidingSteps({ hops }: Trace): readonly DecidingStep[] {
  const kinds = new Set([
    'redirect',
    'listener',
    'filter-chain',
    'virtual-host',
    'route',
    'cluster',
  ]);
  return hops
    .filter(({ hypothetical }) => hypothetical !== true)
    .flatMap(({ steps }) => steps)
    .filter(
      ({ kind, blocks, hypothetical }) => hypothetical !== true && (blocks || kinds.has(kind)),
    )
    .slice(0, maximum)
    .map(({ title, origin }) =>
      origin === undefined ? { title } : { title, because: formatOrigin(origin) },
    );
}

/** A call of the first workload with a sidecar to the first host, as the registry says that it is spoken to. */
function callFor(
  mesh: Mesh,
  { workloads, hosts }: BlastRadius,
  port: number | undefined,
): Call | undefined {
  const [host] = hosts;
  if (host === undefined) return undefined;
  for (const ref of workloads.first(5)) {
    const workload = findWorkload(mesh, ref);
    if (workload === undefined || !isInjected(mesh, workload)) continue;
    const [target] = expandTarget(mesh, { host, ...(port !== undefined && { port }) });
    return target === undefined ? undefined : callOfTarget(workload, target);
  }
  return undefined;
}

/** Evidence by call: findings about one host share it. */
export function evidenceIn(mesh: Mesh): (hit: Hit, radius: BlastRadius) => Evidence | undefined {
  const known = new Map<string, Evidence>();
  return (hit, radius) => {
    const call = hit.evidence ?? callFor(mesh, radius, hit.port);
    if (call === undefined) return undefined;
    const key = JSON.stringify(call);
    const found = known.get(key);
    if (found !== undefined) return found;
    const trace = simulate(mesh, call);
    const { disposition, reasons } = trace;
    const made = {
      call,
      disposition,
      reasons,
      steps: decidingSteps(trace),
      command: traceCommand(call),
    };
    known.set(key, made);
    return made;
  };
}
