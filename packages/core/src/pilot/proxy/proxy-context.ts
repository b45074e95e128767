import {
  type Mesh,
  type OutboundPolicy,
  type Proxy,
  type SidecarScope,
  sidecarScopeOf,
} from '../../mesh';
import { pilotHas } from '../versions';

/** What the compiler knows of one proxy class while it works. */
export interface ProxyContext {
  readonly mesh: Mesh;
  /** Any proxy of the class. */
  readonly proxy: Proxy;
  readonly scope: SidecarScope;
  readonly policy: OutboundPolicy;
  /** Listeners have addresses of both families (ISTIO_DUAL_STACK). */
  readonly dualStack: boolean;
  /** Wildcard address of the preferred family, and the other one. */
  readonly wildcard: string;
  readonly extraWildcards: readonly string[];
  readonly localhost: string;
}

/** The outbound policy as this Istio version understands it. */
function effectivePolicy(mesh: Mesh, policy: OutboundPolicy): OutboundPolicy {
  if (policy.mode !== 'ALLOW_ANY_DYNAMIC_DNS' || pilotHas(mesh, 'allowAnyDynamicDns'))
    return policy;
  return { ...policy, mode: 'REGISTRY_ONLY' };
}

/** `pilot/pkg/networking/core/listener_address.go:getWildcardsAndLocalHost`. */
export function proxyContext(mesh: Mesh, proxy: Proxy): ProxyContext {
  const scope = sidecarScopeOf(mesh, proxy);
  const onlyIpv6 = proxy.ipMode === 'IPv6';
  const dualStack = proxy.ipMode === 'Dual' && mesh.flags.enabled('ISTIO_DUAL_STACK');
  return {
    mesh,
    proxy,
    scope,
    policy: effectivePolicy(mesh, scope.outboundPolicy),
    wildcard: onlyIpv6 ? '::' : '0.0.0.0',
    dualStack,
    extraWildcards: dualStack ? ['::'] : [],
    localhost: onlyIpv6 ? '::1' : '127.0.0.1',
  };
}
