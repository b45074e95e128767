import type { Analyzer } from './analyzer';
import { messageOn } from './message';

/** Deprecated fields. Source: `deprecation/deprecation.go`. */
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
  },
};
