import type { EnvoyProgram } from '../../envoy';
import { clusterTable } from '../clusters/cluster-table';
import { memoise } from '../memoise';
import type { ProxyContext } from '../proxy/proxy-context';
import { sidecarRouteConfig } from '../routes/sidecar-route-config';
import { httpProxyListener } from './http-proxy-listener';
import { listenerTable } from './listener-table';
import { virtualOutbound } from './virtual-outbound';

/** The outbound half of a sidecar's configuration, shared by a proxy class. */
export function sidecarProgram(context: ProxyContext): EnvoyProgram {
  const table = listenerTable(context);
  const proxy = httpProxyListener(context);
  const capture = virtualOutbound(context);
  const isCapture = (address: string, port: number) =>
    capture !== undefined &&
    port === capture.port &&
    (address === capture.address || capture.additionalAddresses?.includes(address) === true);
  return {
    outboundCapture: capture,
    inboundCapture: undefined,
    listener: (address, port) => {
      const own = table.find(address, port);
      if (own !== undefined) return own;
      if (proxy?.address === address && proxy.port === port) return proxy;
      return isCapture(address, port) ? capture : undefined;
    },
    routeConfig: memoise(name => sidecarRouteConfig(context, name)),
    cluster: clusterTable(context),
  };
}
