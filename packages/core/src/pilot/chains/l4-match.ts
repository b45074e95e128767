import { labelsMatch } from '../../mesh';
import type { L4Match } from '../../resources';
import type { ProxyContext } from '../proxy/proxy-context';

export const meshGateway = 'mesh';

/** True when the parts of a match that istiod itself decides hold: gateways, labels, port, namespace (`tls.go:matchTLS`, `matchTCP`). */
export function matchesStatically(context: ProxyContext, match: L4Match, port: number): boolean {
  const { proxy } = context;
  const gateways = match.gateways ?? [];
  return (
    (gateways.length === 0 || gateways.includes(meshGateway)) &&
    labelsMatch(match.sourceLabels ?? {}, proxy.labels) &&
    ((match.port ?? 0) === 0 || match.port === port) &&
    ((match.sourceNamespace ?? '') === '' || match.sourceNamespace === proxy.namespace)
  );
}
