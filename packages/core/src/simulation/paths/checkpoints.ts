import type { Hop, Step, Trace } from '../trace';

const outputChains = new Set(['ISTIO_OUTPUT', 'istio-output']);

function chainName(step: Step): string | undefined {
  const { rule } = step;
  if (rule === undefined) return undefined;
  return outputChains.has(rule.chain) ? `${rule.chain} rule ${rule.number}` : rule.chain;
}

const baseChains = new Set(['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING']);

function ofStep(step: Step): readonly string[] {
  if (step.kind === 'netfilter-hook') return step.hook === undefined ? [] : [step.hook];
  const chain = chainName(step);
  return chain === undefined || baseChains.has(chain) ? [] : [chain];
}

function ofHop(hop: Hop): readonly string[] {
  const steps = hop.steps.filter(({ hypothetical }) => hypothetical !== true).flatMap(ofStep);
  switch (hop.place) {
    case 'sidecar-outbound':
    case 'sidecar-inbound':
    case 'gateway':
      return [hop.title.split(' of ')[0] ?? hop.title, ...steps];
    case 'agent':
      return [...steps, hop.title];
    case 'destination':
      return [...steps, hop.title];
    default:
      return steps;
  }
}

/** The places of a trace in short: hooks, Istio's chains, the numbers of the ISTIO_OUTPUT rules, Envoy's ports. */
export function checkpointsOf(trace: Trace): readonly string[] {
  const all = trace.hops.filter(({ hypothetical }) => hypothetical !== true).flatMap(ofHop);
  return all.filter((name, i) => name !== all[i - 1]);
}

/** Numbers of the ISTIO_OUTPUT rules that matched in nat, in order. */
export function outputRulesOf(trace: Trace): readonly number[] {
  return trace.hops.flatMap(hop =>
    hop.steps.flatMap(({ rule, hypothetical }) =>
      rule !== undefined &&
      hypothetical !== true &&
      rule.table === 'nat' &&
      outputChains.has(rule.chain)
        ? [rule.number]
        : [],
    ),
  );
}

/** How many times an Envoy of this pod takes the connection. */
export function envoysOf(trace: Trace): number {
  const proxies = new Set(['sidecar-outbound', 'sidecar-inbound']);
  return trace.hops.filter(({ place, hypothetical }) => hypothetical !== true && proxies.has(place))
    .length;
}
