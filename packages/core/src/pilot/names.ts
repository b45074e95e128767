/** Clusters that every sidecar has (`pilot/pkg/networking/util/util.go`). */
export const passthroughCluster = 'PassthroughCluster';
export const blackHoleCluster = 'BlackHoleCluster';
export const dynamicDnsCluster = 'AllowAnyDynamicDNSCluster';

export const virtualOutboundName = 'virtualOutbound';
/** Route configuration of `proxyHttpPort` (`pilot/pkg/model/push_context.go:RDSHttpProxy`). */
export const httpProxyRoute = 'http_proxy';
export const unixPrefix = 'unix://';

export interface ClusterKey {
  readonly host: string;
  readonly port: number;
  /** Empty for the service as a whole. */
  readonly subset: string;
}

/** `outbound|80|v1|host` (`pilot/pkg/model/service.go:BuildSubsetKey`). */
export function clusterName({ host, port, subset }: ClusterKey): string {
  return `outbound|${port}|${subset}|${host}`;
}

/** Reads what `clusterName` writes; `undefined` for other names. */
export function parseClusterName(name: string): ClusterKey | undefined {
  const [direction, port, subset, host, ...rest] = name.split('|');
  if (direction !== 'outbound' || subset === undefined || host === undefined) return undefined;
  return rest.length > 0 ? undefined : { host, port: Number(port), subset };
}

/** Default SNI of mesh TLS: `outbound_.80_.v1_.host` (`BuildDNSSrvSubsetKey`). */
export function defaultSni({ host, port, subset }: ClusterKey): string {
  return `outbound_.${port}_.${subset}_.${host}`;
}

/** Reads what `defaultSni` writes; `undefined` for other names. */
export function parseSniName(name: string): ClusterKey | undefined {
  const [direction, port, subset, ...host] = name.split('_.');
  if (direction !== 'outbound' || subset === undefined || host.length === 0) return undefined;
  return { host: host.join('_.'), port: Number(port), subset };
}

/** `0.0.0.0_80` (`pilot/pkg/networking/core/listener.go:getListenerName`). */
export function listenerName(address: string, port: number): string {
  return `${address}_${port}`;
}
