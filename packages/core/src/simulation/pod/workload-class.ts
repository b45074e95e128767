import type { Mesh } from '../../mesh';
import type { Ruleset } from '../../netfilter';
import { proxyClassKey } from '../../pilot';
import { resolverConfig } from '../dns/resolver-config';
import type { PodStack } from './pod-stack';

const numbers = new WeakMap<Ruleset, number>();
let next = 0;

/** Rule sets are interned by their text, so one object stands for all pods with the same rules. */
function numberOf(ruleset: Ruleset | undefined): number {
  if (ruleset === undefined) return -1;
  const known = numbers.get(ruleset);
  if (known !== undefined) return known;
  next += 1;
  numbers.set(ruleset, next);
  return next;
}

/**
 * Two pods with the same class get the same answers to calls that leave the cluster: equal Envoy configuration, rules,
 * user of the application, resolver and state.
 */
export function workloadClassOf(mesh: Mesh, stack: PodStack): string {
  const { proxy, rules, notCaptured, notRunning, unknown, spec, namespace } = stack;
  const container = spec.containers.find(({ name }) => name !== 'istio-proxy');
  const own = container?.securityContext;
  const user = [
    own?.runAsUser ?? spec.securityContext?.runAsUser ?? '',
    own?.runAsGroup ?? spec.securityContext?.runAsGroup ?? '',
  ];
  const resolver = resolverConfig(mesh, namespace, spec);
  return [
    proxy === undefined ? '' : proxyClassKey(mesh, proxy.proxy),
    proxy === undefined ? '' : `${proxy.user.uid}:${proxy.user.gid}:${proxy.dnsCapture}`,
    numberOf(rules?.ruleset),
    user.join(':'),
    notCaptured?.reason ?? '',
    notRunning?.message ?? '',
    unknown ?? '',
    resolver.nameserver,
    resolver.search.join(','),
    resolver.ndots,
  ].join('|');
}
