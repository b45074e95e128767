import type { HttpRbac, NetworkRbac, RbacPolicy, TokenPlaces } from '../../envoy';
import { type Mesh, originOf, type Proxy } from '../../mesh';
import type { AuthorizationPolicy, AuthorizationPolicySpec } from '../../resources';
import { tokenPlacesOf } from '../authentication/token-places';
import { generateRule } from './generate-rule';
import { policiesFor } from './policies-for';

type Action = AuthorizationPolicySpec['action'];

/** What is checked of a connection, and of a request. */
export interface ProxyPolicies {
  readonly network: readonly NetworkRbac[];
  readonly http: readonly HttpRbac[];
  readonly tokens?: TokenPlaces;
}

interface Common {
  readonly mesh: Mesh;
  readonly policies: readonly AuthorizationPolicy[];
  readonly tokens?: TokenPlaces;
}

function rulesOf({ mesh, tokens }: Common, policy: AuthorizationPolicy, forTcp: boolean) {
  const { config } = mesh.meshConfig;
  const { name, namespace = '' } = policy.metadata;
  const trustDomains = [config.trustDomain, ...config.trustDomainAliases];
  const action = policy.spec.action === 'ALLOW' ? 'ALLOW' : 'DENY';
  return policy.spec.rules.flatMap((rule, index): RbacPolicy[] => {
    const made = generateRule(
      rule,
      { namespace, trustDomains, ...(tokens !== undefined && { tokens }) },
      {
        name: `ns[${namespace}]-policy[${name}]-rule[${index}]`,
        origin: originOf(policy, `spec.rules.${index}`),
        action,
        forTcp,
      },
    );
    return made === undefined ? [] : [made];
  });
}

/** One filter for all policies of an action, in the order CUSTOM, DENY, ALLOW; AUDIT decides nothing (`authz/builder/builder.go`). */
const actions: readonly Action[] = ['CUSTOM', 'DENY', 'ALLOW'];

function filtersOf(common: Common, forTcp: boolean) {
  return actions.flatMap(action => {
    const policies = common.policies.filter(({ spec }) => spec.action === action);
    const [first] = policies;
    if (first === undefined) return [];
    return [
      {
        name: action === 'CUSTOM' ? 'CUSTOM policies' : `${action} policies`,
        action: action === 'ALLOW' ? ('ALLOW' as const) : ('DENY' as const),
        ...(action === 'CUSTOM' ? { external: true } : {}),
        policies: policies.flatMap(policy => rulesOf(common, policy, forTcp)),
        origin: originOf(first, 'spec.action'),
      },
    ];
  });
}

/** The AuthorizationPolicies of a proxy as Envoy's RBAC filters, for its TCP and its HTTP chains. */
export function proxyPolicies(mesh: Mesh, proxy: Proxy): ProxyPolicies {
  const found = tokenPlacesOf(mesh, proxy);
  const tokens = found === undefined ? {} : { tokens: found };
  const common = { mesh, policies: policiesFor(mesh, proxy), ...tokens };
  return {
    ...tokens,
    network: filtersOf(common, true).map(item => ({ ...item, kind: 'network-rbac' })),
    http: filtersOf(common, false).map(item => ({ ...item, kind: 'http-rbac' })),
  };
}
