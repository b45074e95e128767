/** Listener that takes connections redirected on their way in (`model.VirtualInboundListenerName`). */
export const virtualInboundName = 'virtualInbound';
export const inboundPassthroughCluster = 'InboundPassthroughCluster';

/** `inbound|8080||` (`pilot/pkg/model/service.go:BuildInboundSubsetKey`). */
export function inboundClusterName(port: number): string {
  return `inbound|${port}||`;
}

/** The port of an inbound cluster's name. */
export function parseInboundClusterName(name: string): number | undefined {
  const match = /^inbound\|(\d{1,5})\|\|$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}
