import { type CallRequest, type EnvoyCall, type EnvoyWalk, runCall } from '../envoy';
import { type MeshOptions, meshFromYaml, proxyOfPod } from '../mesh';
import { compileProxy } from './compile-proxy';

/** A client pod with a sidecar: what the manifests of a test are added to. */
export const clientPod = `
apiVersion: v1
kind: Pod
metadata: {name: client, namespace: default, labels: {app: client}}
spec: {containers: [{name: app}, {name: istio-proxy, args: [proxy, sidecar]}]}
status: {podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}]}`;

/** MeshConfig in the ConfigMap that istiod reads. */
export const meshConfig = (text: string) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data: {mesh: ${JSON.stringify(text)}}`;

/** REGISTRY_ONLY, ALLOW_ANY or ALLOW_ANY_DYNAMIC_DNS for the mesh. */
export const policy = (mode: string) => meshConfig(`outboundTrafficPolicy: {mode: ${mode}}`);

export type Speaks = 'http' | 'http2' | 'tcp' | 'tls' | 'http1.0' | 'server-first';

/** A call in short: who speaks what to where. */
export interface ShortCall {
  readonly to: string;
  readonly speaks: Speaks;
  readonly host?: string;
  readonly sni?: string;
  readonly alpn?: readonly string[];
  readonly request?: Partial<CallRequest>;
  readonly entry?: EnvoyCall['entry'];
}

const protocols: Readonly<Record<Speaks, EnvoyCall['protocol']>> = {
  http: 'http/1.1',
  http2: 'http2',
  'http1.0': 'http/1.0',
  tcp: 'tcp',
  tls: 'tcp',
  'server-first': 'tcp',
};

function envoyCall(call: ShortCall): EnvoyCall {
  const { to, speaks, host, sni, alpn = [], request, entry = 'outbound' } = call;
  const colon = to.lastIndexOf(':');
  const isHttp = speaks.startsWith('http');
  const base = { method: 'GET', path: '/', scheme: 'http', headers: {} } as const;
  return {
    entry,
    address: to.slice(0, colon).replace(/^\[|\]$/g, ''),
    port: Number(to.slice(colon + 1)),
    protocol: protocols[speaks],
    ...(speaks === 'server-first' ? { serverFirst: true } : {}),
    ...(speaks === 'tls' ? { tls: { alpn, ...(sni === undefined ? {} : { sni }) } } : {}),
    ...(isHttp ? { request: { ...base, authority: host ?? '', ...request } } : {}),
  };
}

/** Answers calls of one pod of a mesh; `default/client` unless said otherwise. */
export function callerIn(
  documents: readonly string[],
  options: MeshOptions & { readonly pod?: string; readonly namespace?: string } = {},
): (call: ShortCall) => EnvoyWalk {
  const { pod = 'client', namespace = 'default', ...rest } = options;
  const mesh = meshFromYaml([clientPod, ...documents].join('\n---\n'), rest);
  const proxy = proxyOfPod(mesh, namespace, pod);
  if (proxy === undefined) throw new Error(`no proxy ${namespace}/${pod}`);
  const program = compileProxy(mesh, proxy);
  return call => runCall(program, envoyCall(call));
}

/** Where a call went: the cluster, else the virtual host that answered with the status, else the outcome. */
export function where(walk: EnvoyWalk): string {
  const names = walk.clusters.map(item => item.name).join(' or ');
  if (walk.outcome === 'forwarded' || walk.outcome === 'split') return names;
  if (names !== '') return `${walk.outcome} ${names}`;
  return walk.status === undefined
    ? walk.outcome
    : `${walk.status} ${walk.virtualHost?.name ?? walk.outcome}`;
}
