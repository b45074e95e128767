import type {
  ChosenCluster,
  Cluster,
  EnvoyCall,
  EnvoyOutcome,
  EnvoyWalk,
  UpstreamTls,
} from '@sidetrace/core/envoy';
import { runCall } from '@sidetrace/core/envoy';
import { compileProxy, type Mesh, type Proxy, proxyOfPod } from '@sidetrace/core/testing';
import { recordedMeshes } from '../recorded-mesh';
import type { Answer, JsonObject, Suite } from '../suite';

interface RecordedCall {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'http' | 'http2' | 'tcp';
  readonly tls: 'none' | 'tls' | 'mtls';
  readonly sni?: string;
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Question {
  readonly mesh: string;
  readonly proxy: { readonly namespace: string; readonly pod: string };
  readonly call: RecordedCall;
}

const alpn = {
  tls: { http: ['http/1.1'], http2: ['h2'], tcp: [] },
  mtls: { http: ['istio-http/1.1'], http2: ['istio-h2'], tcp: ['istio'] },
} as const;

const protocols = { http: 'http/1.1', http2: 'http2', tcp: 'tcp' } as const;

function tlsOf({ tls, protocol, sni }: RecordedCall): Pick<EnvoyCall, 'tls'> {
  if (tls === 'none') return {};
  return {
    tls: {
      ...(sni === undefined ? {} : { sni }),
      alpn: alpn[tls][protocol],
      ...(tls === 'mtls' ? { certificate: { name: 'default' } } : {}),
    },
  };
}

function requestOf(call: RecordedCall): Pick<EnvoyCall, 'request'> {
  if (call.protocol === 'tcp') return {};
  const headers = Object.entries(call.headers ?? {});
  return {
    request: {
      method: call.method ?? 'GET',
      authority: call.host ?? '',
      path: call.path ?? '/',
      scheme: call.tls === 'none' ? 'http' : 'https',
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    },
  };
}

/** A recorded call as it reaches the proxy; a gateway and a proxy without interception are dialled directly. */
function envoyCall(proxy: Proxy, call: RecordedCall): EnvoyCall {
  const direct = proxy.type === 'router' || proxy.interceptionMode === 'NONE';
  return {
    entry: direct ? 'direct' : 'outbound',
    address: call.address,
    port: call.port,
    protocol: protocols[call.protocol],
    ...tlsOf(call),
    ...requestOf(call),
  };
}

const tlsNames = { none: 'simple', file: 'mutual', workload: 'istio_mutual' } as const;

function tlsFields(tls: UpstreamTls): JsonObject {
  if (tls.kind === 'none') return { tls: 'none' };
  return {
    tls: tls.kind === 'per-endpoint' ? 'auto_mtls' : tlsNames[tls.clientCertificate],
    ...(tls.sni === undefined ? {} : { sni: tls.sni }),
    ...(tls.autoSni ? { autoSni: true } : {}),
  };
}

const hostPort = (address: string, port: number) =>
  address.includes(':') && !address.startsWith('unix:')
    ? `[${address}]:${port}`
    : `${address}:${port}`;

function upstream(cluster: Cluster, call: RecordedCall): JsonObject {
  if (cluster.name === 'BlackHoleCluster') {
    return { type: 'BLACKHOLE', tls: 'none', endpoints: [], healthy: 0, mtlsEndpoints: 0 };
  }
  const tls = tlsFields(cluster.tls);
  if (cluster.discovery === 'ORIGINAL_DST') {
    const endpoints = [hostPort(call.address, cluster.originalDstPort ?? call.port)];
    return { type: cluster.discovery, ...tls, endpoints, healthy: 1, mtlsEndpoints: 0 };
  }
  const places = (items: Cluster['endpoints']) => [
    ...new Set(items.map(item => hostPort(item.address, item.port))),
  ];
  const { endpoints } = cluster;
  return {
    type: cluster.discovery,
    ...tls,
    endpoints: places(endpoints).sort(),
    healthy: places(endpoints.filter(item => item.healthy)).length,
    mtlsEndpoints:
      cluster.tls.kind === 'per-endpoint' ? places(endpoints.filter(item => item.mtls)).length : 0,
  };
}

const outcomes: Readonly<Partial<Record<EnvoyOutcome, string>>> = {
  forwarded: 'cluster',
  split: 'weighted',
  'no-cluster': 'no_cluster',
  'no-healthy-host': 'no_healthy_upstream',
  'direct-response': 'direct_response',
  redirect: 'redirect',
  'no-route': 'no_route',
  'no-virtual-host': 'no_virtual_host',
  'no-filter-chain': 'no_filter_chain',
  'no-listener': 'no_listener',
  'protocol-error': 'protocol_error',
  'tls-expected': 'tls_error',
  'wrong-tls': 'mtls_error',
};

const builtIn = new Map([
  ['PassthroughCluster', 'passthrough'],
  ['BlackHoleCluster', 'blackhole'],
]);

const upstreamField = (chosen: ChosenCluster, call: RecordedCall) =>
  chosen.cluster === undefined ? {} : { upstream: upstream(chosen.cluster, call) };

function clusterFields(walk: EnvoyWalk, call: RecordedCall): JsonObject {
  const [first] = walk.clusters;
  if (first === undefined) return {};
  if (walk.outcome !== 'split') return { cluster: first.name, ...upstreamField(first, call) };
  const clusters = walk.clusters.map(chosen => ({
    name: chosen.name,
    weight: chosen.weight,
    ...upstreamField(chosen, call),
  }));
  return { clusters: clusters.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function outcomeOf(walk: EnvoyWalk): string | undefined {
  const [only] = walk.clusters;
  const named = only === undefined || walk.outcome === 'split' ? undefined : builtIn.get(only.name);
  return named ?? outcomes[walk.outcome];
}

function answerOf(walk: EnvoyWalk, call: RecordedCall): Answer {
  const outcome = outcomeOf(walk);
  if (outcome === undefined) return { answer: null, why: walk.uncertain ?? walk.outcome };
  const status = ['direct_response', 'redirect'].includes(outcome) ? { status: walk.status } : {};
  const { listener, filterChain, routeConfigName, virtualHost, route, rewrite } = walk;
  const answer: JsonObject = {
    outcome,
    listener: listener?.name,
    filterChain: filterChain?.name,
    routeConfig: routeConfigName,
    virtualHost: virtualHost?.name,
    route: route?.name,
    ...clusterFields(walk, call),
    ...status,
    ...(walk.tlsTerminated ? { tlsTerminated: true } : {}),
    ...(rewrite === undefined ? {} : { rewrite }),
  };
  return { answer };
}

function ask(mesh: Mesh, { proxy: ref, call }: Question): Answer {
  const proxy = proxyOfPod(mesh, ref.namespace, ref.pod);
  if (proxy === undefined) return { answer: null, why: 'the pod has no proxy' };
  return answerOf(runCall(compileProxy(mesh, proxy), envoyCall(proxy, call)), call);
}

export const outbound: Suite = {
  name: 'outbound',
  open: context => {
    const meshOf = recordedMeshes(context);
    return input => {
      const question = input as unknown as Question;
      return ask(meshOf(question.mesh), question);
    };
  },
};
