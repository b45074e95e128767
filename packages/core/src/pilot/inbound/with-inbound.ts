import type { EnvoyProgram, Listener } from '../../envoy';
import type { InboundProgram } from './inbound-program';

const standsAt = (listener: Listener, address: string, port: number) =>
  listener.port === port &&
  (listener.address === address || listener.additionalAddresses?.includes(address) === true);

/**
 * A sidecar's outbound half together with the inbound half of one pod. The capture listener is bound to its port like any
 * other, so an outbound call to that port of any host ends in it.
 */
export function withInbound(outbound: EnvoyProgram, inbound: InboundProgram): EnvoyProgram {
  const { capture, bound } = inbound;
  const own = capture === undefined ? bound : [...bound, capture];
  return {
    outboundCapture: outbound.outboundCapture,
    inboundCapture: capture,
    listener: (address, port) =>
      outbound.listener(address, port) ?? own.find(item => standsAt(item, address, port)),
    routeConfig: outbound.routeConfig,
    cluster: name => inbound.cluster(name) ?? outbound.cluster(name),
  };
}
