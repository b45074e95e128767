import {
  compileProxy,
  type EnvoyCall,
  type EnvoyOutcome,
  type EnvoyWalk,
  proxyOfPod,
  runCall,
} from '@sidetrace/core/testing';
import { recordedMeshes } from '../recorded-mesh';
import type { Answer, JsonObject, Suite } from '../suite';

interface InboundCall {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'http' | 'http2' | 'tcp';
  readonly tls: 'none' | 'tls' | 'mtls';
  readonly sni?: string;
  readonly host?: string;
}
interface Question {
  readonly mesh: string;
  readonly proxy: { readonly namespace: string; readonly pod: string };
  readonly call: InboundCall;
}

const alpn = {
  mtls: { http: ['istio-http/1.1'], http2: ['istio-h2'], tcp: ['istio'] },
  tls: { http: ['http/1.1'], http2: ['h2'], tcp: [] },
} as const;
const protocols = { http: 'http/1.1', http2: 'http2', tcp: 'tcp' } as const;

const outcomes: Readonly<Partial<Record<EnvoyOutcome, string>>> = {
  'no-filter-chain': 'no_filter_chain',
  'no-listener': 'no_listener',
  'protocol-error': 'protocol_error',
  'tls-expected': 'tls_error',
  'wrong-tls': 'mtls_error',
};

function toEnvoyCall({ address, port, protocol, tls, sni, host }: InboundCall): EnvoyCall {
  return {
    entry: 'inbound',
    address,
    port,
    protocol: protocols[protocol],
    ...(tls === 'none'
      ? {}
      : {
          tls: {
            alpn: alpn[tls][protocol],
            ...(sni === undefined ? {} : { sni }),
            ...(tls === 'mtls' ? { certificate: { name: 'default' } } : {}),
          },
        }),
    ...(protocol === 'tcp'
      ? {}
      : {
          request: {
            method: 'GET',
            path: '/',
            scheme: tls === 'none' ? 'http' : 'https',
            headers: {},
            ...(host === undefined ? {} : { authority: host }),
          },
        }),
  };
}

const joined = (address: string, port: number) =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function outcomeOf(walk: EnvoyWalk): string {
  const [chosen] = walk.clusters;
  if (walk.outcome !== 'forwarded' && walk.outcome !== 'no-healthy-host') {
    return outcomes[walk.outcome] ?? walk.outcome;
  }
  if (chosen?.name === 'BlackHoleCluster') return 'blackhole';
  return chosen?.name === 'InboundPassthroughCluster' ? 'passthrough' : 'cluster';
}

function upstreamOf(walk: EnvoyWalk, call: InboundCall): JsonObject {
  const cluster = walk.clusters[0]?.cluster;
  if (cluster === undefined) return {};
  const type = cluster.name === 'BlackHoleCluster' ? 'BLACKHOLE' : cluster.discovery;
  const endpoints =
    cluster.discovery === 'ORIGINAL_DST'
      ? [joined(call.address, call.port)]
      : cluster.endpoints.map(({ address, port }) => joined(address, port));
  return { cluster: cluster.name, upstream: { type, endpoints } };
}

function describe(walk: EnvoyWalk, call: InboundCall): JsonObject {
  const outcome = outcomeOf(walk);
  return {
    outcome,
    accepted: outcome === 'cluster' || outcome === 'passthrough',
    ...(walk.listener === undefined ? {} : { listener: walk.listener.name }),
    ...(walk.filterChain?.name === undefined ? {} : { filterChain: walk.filterChain.name }),
    ...(walk.tlsTerminated ? { tlsTerminated: true } : {}),
    ...upstreamOf(walk, call),
  };
}

export const inbound: Suite = {
  name: 'inbound',
  open: context => {
    const meshOf = recordedMeshes(context);
    return (input): Answer => {
      const { mesh: name, proxy: at, call } = input as unknown as Question;
      const mesh = meshOf(name);
      const proxy = proxyOfPod(mesh, at.namespace, at.pod);
      if (proxy === undefined) return { answer: null, why: 'the pod has no proxy' };
      const walk = runCall(compileProxy(mesh, proxy), toEnvoyCall(call));
      return { answer: describe(walk, call) };
    };
  },
};
