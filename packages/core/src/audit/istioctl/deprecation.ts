import type { Analyzer } from './analyzer';
import { isRecord } from './json';
import { messageOn } from './message';

const removedGroup = 'rbac.istio.io';
const removedKinds = ['ClusterRbacConfig', 'RbacConfig', 'ServiceRole', 'ServiceRoleBinding'];

/** The kind of a CRD that Istio no longer has. */
function removedKind(definition: unknown): string | undefined {
  const spec = isRecord(definition) && isRecord(definition.spec) ? definition.spec : {};
  if (spec.group !== removedGroup || !isRecord(spec.names)) return undefined;
  const { kind } = spec.names;
  return removedKinds.find(removed => removed === kind);
}

/** Deprecated fields, and kinds that are gone. Source: `deprecation/deprecation.go`. */
export const deprecation: Analyzer = {
  name: 'deprecation.DeprecationAnalyzer',
  codes: ['IST0002'],
  *analyze({ resources }) {
    for (const sidecar of resources.sidecars) {
      if (sidecar.spec.outboundTrafficPolicy?.egressProxy === undefined) continue;
      const message = 'Deprecated: OutboundTrafficPolicy.EgressProxy ignored';
      yield messageOn('IST0002', sidecar, message, 'spec.outboundTrafficPolicy.egressProxy');
    }
    for (const service of resources.virtualServices) {
      for (const [index, { fault }] of service.spec.http.entries()) {
        if ((fault?.delay?.percent ?? 0) <= 0) continue;
        const message =
          'Deprecated: HTTPRoute.fault.delay.percent is deprecated; use HTTPRoute.fault.delay.percentage';
        yield messageOn('IST0002', service, message, `spec.http.${index}.fault.delay.percent`);
      }
    }
    for (const definition of resources.other) {
      if (definition.kind !== 'CustomResourceDefinition') continue;
      const kind = removedKind(definition.spec);
      if (kind === undefined) continue;
      const message = `Deprecated: Custom resource type ${removedGroup} ${kind} is removed`;
      yield messageOn('IST0002', definition, message, 'spec.names.kind');
    }
  },
};
