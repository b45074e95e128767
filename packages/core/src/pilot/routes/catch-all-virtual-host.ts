import type { Route, RouteAction, VirtualHost } from '../../envoy';
import { unknownTrafficCluster } from '../chains/unknown-traffic';
import { dynamicDnsCluster } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import { matchAnyRequest } from './route-match';

/** Status for an unknown host under REGISTRY_ONLY. */
const blockedStatus = 502;

function catchAll(context: ProxyContext, name: string, action: RouteAction): VirtualHost {
  const { origin } = context.policy;
  const route: Route = { name, match: matchAnyRequest, action, origin };
  return { name, domains: ['*'], routes: [route], origin };
}

export function dynamicDnsVirtualHost(context: ProxyContext): VirtualHost {
  const clusters = { kind: 'single', name: dynamicDnsCluster } as const;
  return catchAll(context, 'allow_any_dynamic_dns', { kind: 'forward', clusters });
}

/** What requests for an unknown host get (`httproute.go:buildCatchAllVirtualHost`). */
export function catchAllVirtualHost(context: ProxyContext): VirtualHost {
  switch (context.policy.mode) {
    case 'ALLOW_ANY': {
      const clusters = { kind: 'single', name: unknownTrafficCluster(context) } as const;
      return catchAll(context, 'allow_any', { kind: 'forward', clusters });
    }
    case 'ALLOW_ANY_DYNAMIC_DNS':
      return dynamicDnsVirtualHost(context);
    case 'REGISTRY_ONLY':
      return catchAll(context, 'block_all', { kind: 'direct-response', status: blockedStatus });
  }
}
