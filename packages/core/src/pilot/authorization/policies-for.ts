import { labelsMatch, type Mesh, type Proxy, sortByCreation } from '../../mesh';
import type { AuthorizationPolicy } from '../../resources';

const dryRun = 'istio.io/dry-run';

const isDryRun = ({ metadata: { annotations } }: AuthorizationPolicy) =>
  Object.hasOwn(annotations, dryRun) && /^(1|t|true)$/i.test(annotations[dryRun] ?? '');

/**
 * Policies that apply to a proxy: of the root namespace and its own, whose selector takes it. Those with `targetRefs` are for
 * gateways of the Gateway API and waypoints, a dry run only logs (`pilot/pkg/model/authorization.go:ListAuthorizationPolicies`).
 */
export function policiesFor(mesh: Mesh, proxy: Proxy): readonly AuthorizationPolicy[] {
  const near = mesh.discovered.authorizationPolicies.filter(({ metadata, spec }) => {
    const { namespace } = metadata;
    return (
      (namespace === mesh.rootNamespace || namespace === proxy.namespace) &&
      (spec.targetRefs ?? []).length === 0 &&
      labelsMatch(spec.selector?.matchLabels ?? {}, proxy.labels)
    );
  });
  const sorted = sortByCreation(near, item => item.metadata).filter(item => !isDryRun(item));
  const isRoot = ({ metadata }: AuthorizationPolicy) => metadata.namespace === mesh.rootNamespace;
  return [...sorted.filter(isRoot), ...sorted.filter(item => !isRoot(item))];
}
