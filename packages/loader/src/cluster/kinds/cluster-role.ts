import { type ReadKind, readKinds } from './kinds';

/** A rule of RBAC. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

const verbs = ['list', 'watch'];

/** One rule for each API group, with the resources of the kinds. */
function rulesOf(kinds: readonly ReadKind[]): readonly PolicyRule[] {
  const groups = [...new Set(kinds.map(({ group }) => group))];
  return groups.map(group => ({
    apiGroups: [group],
    resources: kinds.filter(kind => kind.group === group).map(({ plural }) => plural),
    verbs,
  }));
}

/** The least that an account needs to read a cluster: rules of a ClusterRole, and of a Role where istiod runs. */
export const leastRules: {
  readonly clusterRole: readonly PolicyRule[];
  readonly role: readonly PolicyRule[];
} = {
  clusterRole: rulesOf(readKinds.filter(({ byName }) => byName !== true)),
  role: rulesOf(readKinds.filter(({ byName }) => byName === true)).map(rule => ({
    ...rule,
    resourceNames: ['istio', 'istio-sidecar-injector'],
  })),
};
