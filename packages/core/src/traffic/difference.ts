import type { TrafficKind } from './traffic-kind';

/** What a path looks like, as far as the published description can be compared with it. */
export interface PathFacts {
  readonly kind: TrafficKind;
  /** Numbers of the ISTIO_OUTPUT rules that decided, in order. */
  readonly outputRules: readonly number[];
  /** How many times an Envoy of the pod took the connection. */
  readonly throughEnvoy: number;
  readonly proxyUid: number;
  readonly proxyGid: number;
  readonly mode: 'REDIRECT' | 'TPROXY' | 'NONE';
  readonly dnsCapture: boolean;
  /** The chain has the nine rules of the default settings, in their usual order. */
  readonly classicChain: boolean;
  readonly captured: boolean;
  /** Envoy took the call and sent nothing on. */
  readonly endsInEnvoy: boolean;
  readonly destination: string;
}

const publishedRules: Readonly<Record<TrafficKind, readonly number[]>> = {
  'remote-to-local': [1],
  'local-to-remote': [9, 4],
  'prometheus-to-local': [3],
  'local-to-local': [9, 2, 1],
  'envoy-internal': [8],
  'sidecar-to-istiod': [9, 4],
};

const publishedEnvoys: Readonly<Record<TrafficKind, number>> = {
  'remote-to-local': 1,
  'local-to-remote': 1,
  'prometheus-to-local': 0,
  'local-to-local': 2,
  'envoy-internal': 0,
  'sidecar-to-istiod': 1,
};

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((value, i) => value === b[i]);

const startsWith = (whole: readonly number[], start: readonly number[]) =>
  same(whole.slice(0, start.length), start);

const list = (rules: readonly number[]) =>
  rules.length === 0
    ? 'no rule of ISTIO_OUTPUT'
    : `ISTIO_OUTPUT rule ${rules.join(', then rule ')}`;

/** Why the kernel decides otherwise; measured, see the table of the six kinds in docs. */
function why(facts: PathFacts): string {
  if (facts.endsInEnvoy && startsWith(publishedRules[facts.kind], facts.outputRules))
    return 'Envoy ends the call, so nothing leaves the pod for the later rules';
  switch (facts.kind) {
    case 'prometheus-to-local':
      if (facts.throughEnvoy > 0)
        return 'a port of the application is captured like every call to it; only the ports of the agent and of Envoy are exempt';
      return 'the reply belongs to a connection that conntrack knows already, so the nat table is not consulted for it';
    case 'envoy-internal':
      return facts.throughEnvoy > 0
        ? 'a loopback address other than 127.0.0.1 is redirected to the inbound port by the rule for calls of the proxy to itself'
        : 'a packet of the proxy user meets the rule for its own uid before the one for 127.0.0.1';
    case 'sidecar-to-istiod':
      return 'the agent runs as the proxy user, which the rules exempt: the packet leaves directly, once';
    case 'local-to-local':
      return 'a packet to an own address goes out on lo, where the rule for every user but the proxy returns';
    case 'remote-to-local':
    case 'local-to-remote':
      if (facts.mode === 'TPROXY')
        return 'TPROXY hands the packet over in mangle and keeps both addresses';
      return facts.captured
        ? 'the settings of this workload make other rules'
        : 'the settings of this workload exempt the call';
  }
}

/** A sentence where a path differs from the published description, with the reason; `undefined` where it does not. */
export function differenceFrom(facts: PathFacts): string | undefined {
  const rules = publishedRules[facts.kind];
  const envoys = publishedEnvoys[facts.kind];
  if (same(rules, facts.outputRules) && envoys === facts.throughEnvoy) return undefined;
  return `published: ${list(rules)}; here: ${list(facts.outputRules)} – ${why(facts)}`;
}
