import type { Mesh } from '../../mesh';
import type { Origin } from '../../origin';
import { type ReasonCode, simulate, stacksOf, type WorkloadRef } from '../../simulation';
import type { AccessOptions } from '../matrix/access-options';

/** Something of a workload that goes around its sidecar. */
export interface BypassRow {
  readonly workload: WorkloadRef;
  readonly reason: ReasonCode;
  /** `every call`, `port 3306`, `10.0.0.0/8`. */
  readonly covers: string;
  readonly message: string;
  readonly origin?: Origin;
}

const annotations = {
  'traffic.sidecar.istio.io/excludeOutboundPorts': 'excluded-port',
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': 'excluded-range',
  'traffic.sidecar.istio.io/excludeInterfaces': 'excluded-interface',
  'traffic.sidecar.istio.io/excludeInboundPorts': 'excluded-port',
} as const;

function excluded(mesh: Mesh, ref: WorkloadRef): readonly BypassRow[] {
  const workload = mesh.workloads.find(item => item.ref === ref);
  if (workload === undefined) return [];
  return Object.entries(annotations).flatMap(([name, reason]) => {
    const value = Object.hasOwn(workload.annotations, name)
      ? workload.annotations[name]
      : undefined;
    const parts = (value ?? '')
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== '');
    const origin: Origin =
      workload.origin.kind === 'object'
        ? { ...workload.origin, path: `spec.template.metadata.annotations.${name}` }
        : workload.origin;
    const inbound = name.includes('Inbound') ? 'incoming ' : '';
    return parts.map(item => ({
      workload: ref,
      reason,
      covers: reason === 'excluded-port' ? `${inbound}port ${item}` : item,
      message: `the annotation ${name} takes \`${item}\` out of redirection`,
      origin,
    }));
  });
}

/** A call of the application to nobody in particular: what lets this pass, lets everything pass. */
const probe = { to: '203.0.113.1', port: 9999 } as const;

function wholly(mesh: Mesh, ref: WorkloadRef, pod: string): readonly BypassRow[] {
  const trace = simulate(mesh, { from: ref, pod, ...probe, protocol: 'tcp' });
  const { bypass } = trace;
  const [reason] = trace.reasons;
  if (bypass === undefined || reason === undefined) return [];
  const { message, origin } = bypass;
  return [
    {
      workload: ref,
      reason,
      covers: 'every call',
      message,
      ...(origin !== undefined && { origin }),
    },
  ];
}

const tcpOnly: Origin = { kind: 'default', default: 'Istio redirects TCP only' };

/** What no mode redirects. */
const neverRedirected = (workload: WorkloadRef): readonly BypassRow[] => [
  {
    workload,
    reason: 'udp',
    covers: 'UDP (also HTTP/3)',
    message: 'UDP is never redirected, in no mode',
    origin: tcpOnly,
  },
  {
    workload,
    reason: 'icmp',
    covers: 'ICMP',
    message: 'ICMP is never redirected, in no mode',
    origin: tcpOnly,
  },
];

/** Who is not, or not fully, behind the sidecar, and why. Workloads that are wholly outside have one row. */
export function* bypassInventory(mesh: Mesh, options: AccessOptions = {}): Iterable<BypassRow> {
  const namespaces = options.namespaces === undefined ? undefined : new Set(options.namespaces);
  for (const workload of mesh.workloads) {
    const { ref } = workload;
    if (namespaces?.has(ref.namespace) === false) continue;
    const [stack] = stacksOf(mesh, workload);
    if (
      stack === undefined ||
      stack.notRunning !== undefined ||
      stack.proxy?.proxy.type === 'router'
    )
      continue;
    const all = wholly(mesh, ref, stack.name);
    yield* all;
    if (all.length > 0) continue;
    yield* excluded(mesh, ref);
    yield* neverRedirected(ref);
  }
}
