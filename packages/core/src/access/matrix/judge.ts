import { findWorkload, type Mesh, outboundPolicyOf, proxiesOf } from '../../mesh';
import type { Origin } from '../../origin';
import type { Trace } from '../../simulation';
import type { AccessRow, Control, Delivery, Verdict } from '../row';
import type { Target } from './targets';

export type Judgement = Pick<
  AccessRow,
  | 'verdict'
  | 'delivery'
  | 'control'
  | 'via'
  | 'reasons'
  | 'deciding'
  | 'tlsOnTheWire'
  | 'symptom'
  | 'assumptions'
>;

const failedSteps = ['dns:', 'connect:', 'proxy:', 'tls:'];

/** The application got through: the last step worked and the far end answered it. */
export function succeeds({ symptom, disposition }: Trace): boolean {
  if (disposition !== 'delivered') return false;
  const { code, http } = symptom;
  if (failedSteps.some(prefix => code.startsWith(prefix))) return false;
  if (http !== undefined) return http.error === undefined && http.answeredBy !== 'envoy';
  return code !== 'tcp:closed' && code !== 'udp:timeout';
}

/** Reaching is a matter of the connection: a destination that answers with an error was reached all the same. */
function deliveryOf(trace: Trace): Delivery {
  if (trace.disposition === 'undetermined') return 'undetermined';
  return trace.disposition === 'delivered' ? 'reaches' : 'blocked';
}

function controlOf(trace: Trace): Control {
  const { reasons, hops, symptom } = trace;
  if (symptom.via === 'direct') return 'bypass';
  if (hops.some(({ place }) => place === 'gateway') || reasons.includes('egress-gateway'))
    return 'gateway';
  if (reasons.includes('allow-any')) return 'passthrough';
  return reasons.includes('dynamic-forward-proxy') ? 'dynamic' : 'registered';
}

function verdictOf(delivery: Delivery, control: Control): Verdict {
  if (delivery !== 'reaches') return delivery;
  if (control === 'bypass') return 'bypass';
  return control === 'passthrough' || control === 'dynamic' ? 'passthrough' : 'allowed';
}

function tlsOf({ symptom }: Trace, target: Target): AccessRow['tlsOnTheWire'] {
  const { reached } = symptom;
  if (reached === undefined) return 'unknown';
  if (!reached.tls) return 'none';
  if (reached.istioMtls === true) return 'mtls';
  return target.protocol === 'TLS' ? 'application' : 'originated';
}

const registryKinds = new Set(['cluster', 'route', 'virtual-host', 'filter-chain', 'endpoint']);

function decidingStep(trace: Trace): Origin | undefined {
  const steps = trace.hops.flatMap(hop => hop.steps);
  const found = steps.find(
    step =>
      step.hypothetical !== true && registryKinds.has(step.kind) && step.origin?.kind === 'object',
  );
  return found?.origin;
}

function policyOrigin(mesh: Mesh, trace: Trace): Origin | undefined {
  const { from } = trace.call;
  const workload = 'outside' in from ? undefined : findWorkload(mesh, from);
  const proxy = workload === undefined ? undefined : proxiesOf(mesh, workload)[0];
  return proxy === undefined ? undefined : outboundPolicyOf(mesh, proxy).origin;
}

const policyReasons = new Set<string>([
  'allow-any',
  'registry-only-no-listener',
  'registry-only-no-filter-chain',
  'registry-only-no-virtual-host',
  'dynamic-forward-proxy',
]);

function decidingOf(mesh: Mesh, trace: Trace): Origin {
  const byPolicy = trace.reasons.some(reason => policyReasons.has(reason));
  const policy = byPolicy ? policyOrigin(mesh, trace) : undefined;
  return (
    policy ??
    trace.blockers[0]?.origin ??
    trace.bypass?.origin ??
    decidingStep(trace) ?? { kind: 'default', default: 'name resolution outside of the mesh' }
  );
}

function viaOf(trace: Trace): string | undefined {
  const gateway = trace.hops.find(({ place }) => place === 'gateway');
  return gateway?.title.split(' of ')[1];
}

/** What one trace means for one cell of the matrix. */
export function judgeTrace(mesh: Mesh, trace: Trace, target: Target): Judgement {
  const delivery = deliveryOf(trace);
  const control = delivery === 'reaches' ? controlOf(trace) : 'none';
  const via = viaOf(trace);
  return {
    verdict: verdictOf(delivery, control),
    delivery,
    control,
    ...(via !== undefined && { via }),
    reasons: trace.reasons,
    deciding: decidingOf(mesh, trace),
    tlsOnTheWire: tlsOf(trace, target),
    symptom: trace.symptom.summary,
    assumptions: trace.assumptions,
  };
}

/** Several answers for one cell, of pods or weighted routes that disagree. */
export function mergeJudgements<J extends Pick<Judgement, 'verdict' | 'delivery' | 'reasons'>>(
  all: readonly J[],
): J | undefined {
  const [first] = all;
  if (first === undefined || all.every(({ verdict }) => verdict === first.verdict)) return first;
  return {
    ...first,
    verdict: 'mixed',
    delivery: 'mixed',
    reasons: [...new Set(all.flatMap(({ reasons }) => reasons))],
  };
}
