import { type ChosenCluster, type Cluster, type EnvoyWalk, editHeaders } from '../../../envoy';
import type { Run } from '../../run';
import type { HttpPayload, Payload } from '../../wire/payload';

/** The cluster that counts: the one chosen by the caller, else the heaviest. */
export function chosenCluster(run: Run, walk: EnvoyWalk): ChosenCluster | undefined {
  const wanted = run.options.weightedCluster;
  const named = walk.clusters.find(({ name }) => name === wanted);
  if (named !== undefined) return named;
  return [...walk.clusters].sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0))[0];
}

function versionOf(cluster: Cluster, { version }: HttpPayload): HttpPayload['version'] {
  if (cluster.http2 === true) return '2';
  return cluster.usesClientProtocol === true && version === '2' ? '2' : '1.1';
}

/** The request as the upstream gets it: rewritten, HTTP/1.1 unless the cluster speaks HTTP/2, or the client does and the cluster follows it. */
function upstreamRequest(walk: EnvoyWalk, cluster: Cluster, request: HttpPayload): HttpPayload {
  // edits of the cluster come before those of the route (`config_impl.cc:WeightedClusterEntry::finalizeRequestHeaders`)
  const chosen = walk.clusters.find(({ name }) => name === cluster.name);
  const own = editHeaders(request.headers, chosen?.headerEdits);
  return {
    ...request,
    version: versionOf(cluster, request),
    absoluteForm: false,
    authority: walk.rewrite?.authority ?? chosen?.hostRewrite ?? request.authority,
    path: walk.rewrite?.path ?? request.path,
    headers: editHeaders(own, walk.route?.headerEdits),
  };
}

/** Where a TCP chain asks the upstream to connect to. */
export function tunnelOf({ filterChain }: EnvoyWalk): string | undefined {
  return filterChain?.filter.kind === 'tcp' ? filterChain.filter.tunnel : undefined;
}

/** What an Envoy sends on to a cluster: the request of a connection manager, the bytes of a TCP chain, or a CONNECT around them. */
export function bytesFor(walk: EnvoyWalk, cluster: Cluster, payload: Payload): Payload {
  if (walk.filterChain?.filter.kind === 'http') {
    return payload.kind === 'http' ? upstreamRequest(walk, cluster, payload) : payload;
  }
  const target = tunnelOf(walk);
  if (target === undefined) return payload;
  const version = cluster.http2 === true ? '2' : '1.1';
  return { kind: 'connect', target, version, inner: payload };
}
