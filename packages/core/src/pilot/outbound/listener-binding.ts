import type { EgressScope } from '../../mesh';
import type { EgressListener } from '../../resources';
import { unixPrefix } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';

/** Addresses of a listener; the first names it. */
export type Binding = readonly [string, ...string[]];

/** How the listeners of one egress listener are bound (`listener.go:buildSidecarOutboundListeners`). */
export interface EgressBinding {
  readonly bindToPort: boolean;
  /** Absent: each service decides. */
  readonly bind?: Binding;
}

function bindsToPort(context: ProxyContext, listener: EgressListener | undefined): boolean {
  if (context.proxy.interceptionMode === 'NONE') return true;
  if (listener === undefined) return false;
  return listener.captureMode === 'NONE' || (listener.bind ?? '').startsWith(unixPrefix);
}

export function egressBinding(context: ProxyContext, egress: EgressScope): EgressBinding {
  const { listener } = egress;
  const bindToPort = bindsToPort(context, listener);
  const bind = listener?.bind ?? '';
  if (bind !== '') return { bindToPort, bind: [bind] };
  return bindToPort ? { bindToPort, bind: [context.localhost] } : { bindToPort };
}

const firstUnprivilegedPort = 1024;
/** Envoy's own listeners (`status port`, Prometheus), which wildcard listeners may not take. */
const staticPorts = [15021, 15090] as const;

function isReserved(
  context: ProxyContext,
  bind: string | undefined,
  isHttp: boolean,
  port: number,
) {
  if (bind === undefined ? !isHttp : bind !== context.wildcard) return false;
  const { proxyListenPort, proxyInboundListenPort } = context.mesh.meshConfig.config;
  return [...staticPorts, proxyListenPort, proxyInboundListenPort].includes(port);
}

/** False when istiod makes no listener for this port (`pilot/pkg/model/context.go:CanBindToPort`, `conflictWithReservedListener`). */
export function canBind(
  context: ProxyContext,
  binding: EgressBinding,
  port: { readonly number: number; readonly isHttp: boolean },
): boolean {
  const unprivileged = context.proxy.metadata.UNPRIVILEGED_POD === 'true';
  if (binding.bindToPort && unprivileged && port.number < firstUnprivilegedPort) return false;
  return !isReserved(context, binding.bind?.[0], port.isHttp, port.number);
}
