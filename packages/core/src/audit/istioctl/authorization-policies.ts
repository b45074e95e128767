import type { AuthorizationPolicy, Pod } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { podInMesh } from './in-mesh';
import { type AnalysisMessage, messageOn } from './message';
import { formatSelector } from './selector-index';

/** A pod that a policy can reach: with a sidecar, or redirected to the node's proxy. */
const reachable = (pod: Pod, context: AnalysisContext) =>
  podInMesh(pod, context) || pod.metadata.annotations['ambient.istio.io/redirection'] === 'enabled';

function rootNamespace({ resources }: AnalysisContext): string {
  const named = resources.meshConfigs.find(({ revision }) => revision === '');
  return named?.config.rootNamespace ?? 'istio-system';
}

/** Labels that select no pod; `undefined` when a pod is selected, or nothing can be said. */
function unmatched(policy: AuthorizationPolicy, context: AnalysisContext): string | undefined {
  const { selector, targetRefs = [] } = policy.spec;
  const namespace = policy.metadata.namespace ?? '';
  const everywhere = namespace === rootNamespace(context);
  // A policy for a gateway or a service has no workloads of its own to look for.
  if (targetRefs.length > 0 || (everywhere && selector === undefined)) return undefined;
  const labels = selector?.matchLabels ?? {};
  const pods = everywhere ? context.pods : context.podsIn(namespace);
  return pods.select(labels).some(pod => reachable(pod, context))
    ? undefined
    : formatSelector(labels);
}

/** `namespaceMatch`: a `*` in front or at the end, else the name in any letter case. */
function matchesNamespace(pattern: string, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  if (pattern === '*' || names.has(pattern)) return true;
  const all = [...names];
  if (pattern.startsWith('*')) return all.some(name => name.endsWith(pattern.slice(1)));
  if (pattern.endsWith('*')) return all.some(name => name.startsWith(pattern.slice(0, -1)));
  return all.some(name => name.toLowerCase() === pattern.toLowerCase());
}

function* missingNamespaces(
  policy: AuthorizationPolicy,
  names: ReadonlySet<string>,
): Iterable<AnalysisMessage> {
  for (const [i, { from }] of policy.spec.rules.entries()) {
    for (const [j, source] of from.entries()) {
      for (const field of ['namespaces', 'notNamespaces'] as const) {
        for (const [k, pattern] of (source[field] ?? []).entries()) {
          if (matchesNamespace(pattern, names)) continue;
          const path = `spec.rules.${i}.from.${j}.source.${field}.${k}`;
          const message = `Referenced namespace not found: "${pattern}"`;
          yield messageOn('IST0101', policy, message, path);
        }
      }
    }
  }
}

/** Policies for no workload, or about no namespace. Source: `authz/authorizationpolicies.go`. */
export const authorizationPolicies: Analyzer = {
  name: 'auth.AuthorizationPoliciesAnalyzer',
  codes: ['IST0101', 'IST0127'],
  *analyze(context) {
    const names = new Set(context.namespaces.keys());
    for (const policy of context.resources.authorizationPolicies) {
      const labels = unmatched(policy, context);
      if (labels !== undefined) {
        const message = `No matching workloads for this resource with the following labels: ${labels}`;
        yield messageOn('IST0127', policy, message);
      }
      yield* missingNamespaces(policy, names);
    }
  },
};
