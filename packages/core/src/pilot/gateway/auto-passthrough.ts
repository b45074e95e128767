import { destinationRuleFor, type MeshService } from '../../mesh';
import { hostCovers } from '../../net';
import type { ChainOptions } from '../chains/chain-options';
import { tcpProxyTo } from '../chains/network-filters';
import { defaultSni } from '../names';
import type { ProxyContext } from '../proxy/proxy-context';
import type { MergedServer } from './merged-servers';
import { sniHosts } from './server-hosts';

/** ALPN of mesh TLS (`pilot/pkg/networking/util:ALPNInMesh` and HTTP's). */
const meshProtocols = [
  'istio',
  'istio-peer-exchange',
  'istio-http/1.0',
  'istio-http/1.1',
  'istio-h2',
];

function subsetsOf(context: ProxyContext, service: MeshService): readonly string[] {
  const rule = destinationRuleFor(context.mesh, context.proxy, service);
  return ['', ...(rule?.subsets.map(({ name }) => name) ?? [])];
}

/**
 * A server AUTO_PASSTHROUGH takes mesh TLS by its server name, which names the cluster: one chain for each service of the
 * mesh that the server's hosts cover, port and subset (`gateway.go:builtAutoPassthroughFilterChains`).
 */
export function autoPassthroughChains(
  context: ProxyContext,
  server: MergedServer,
): readonly ChainOptions[] {
  const hosts = sniHosts(server);
  const { origin } = server.gateway;
  return context.scope.services
    .filter(({ meshExternal }) => !meshExternal)
    .filter(({ hostname }) => hosts.some(host => hostCovers(host, hostname)))
    .flatMap(service =>
      service.ports
        .filter(({ protocol }) => protocol !== 'UDP')
        .flatMap(({ port }) =>
          subsetsOf(context, service).map(subset => {
            const name = defaultSni({ host: service.hostname, port, subset });
            return {
              sniHosts: [name],
              cidrs: [],
              applicationProtocols: meshProtocols,
              filter: tcpProxyTo(name),
              origin,
            };
          }),
        ),
    );
}
