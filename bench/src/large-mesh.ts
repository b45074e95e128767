/** How many objects a generated mesh has. */
export interface MeshSize {
  readonly services: number;
  readonly namespaces: number;
  readonly serviceEntries: number;
  readonly sidecars: number;
  readonly virtualServices: number;
  readonly destinationRules: number;
}

export const sizes = {
  S: {
    services: 200,
    namespaces: 20,
    serviceEntries: 100,
    sidecars: 20,
    virtualServices: 50,
    destinationRules: 50,
  },
  M: {
    services: 2000,
    namespaces: 50,
    serviceEntries: 1000,
    sidecars: 50,
    virtualServices: 500,
    destinationRules: 500,
  },
  L: {
    services: 10000,
    namespaces: 100,
    serviceEntries: 2000,
    sidecars: 100,
    virtualServices: 2500,
    destinationRules: 2500,
  },
} as const satisfies Record<string, MeshSize>;

/** Numbers below a bound, the same for the same seed (mulberry32). */
function randomFrom(seed: number): (bound: number) => number {
  let state = seed;
  return bound => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * bound);
  };
}

const octets = (n: number) => `${Math.floor(n / 65536)}.${Math.floor(n / 256) % 256}.${n % 256}`;
const padded = (n: number) => String(n).padStart(4, '0');
const namespaceName = (n: number) => `ns-${String(n).padStart(3, '0')}`;

const init =
  '[istio-iptables, -p, "15001", -z, "15006", -u, "1337", -m, REDIRECT, -i, "*", -x, "", -b, "*", -d, "15090,15021,15020"]';

function podText(namespace: string, app: string, index: number, number: number): string {
  const ip = `10.${128 + Math.floor(number / 65536)}.${Math.floor(number / 256) % 256}.${number % 256}`;
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${app}-${index}
  namespace: ${namespace}
  labels: {app: ${app}, version: v${index + 1}, security.istio.io/tlsMode: istio}
  annotations: {sidecar.istio.io/status: '{"initContainers":["istio-init"],"containers":["istio-proxy"]}'}
spec:
  serviceAccountName: ${app}
  nodeName: node-1
  initContainers:
  - {name: istio-init, image: "docker.io/istio/proxyv2:1.30.0", args: ${init}}
  containers:
  - {name: app, image: "registry.example/app:1", ports: [{containerPort: 8080}]}
  - {name: istio-proxy, image: "docker.io/istio/proxyv2:1.30.0", args: [proxy, sidecar]}
status: {phase: Running, podIP: ${ip}, podIPs: [{ip: ${ip}}], conditions: [{type: Ready, status: "True"}]}`;
}

function serviceText(namespace: string, app: string, number: number): string {
  const vip = `10.${96 + Math.floor(number / 65536)}.${Math.floor(number / 256) % 256}.${number % 256}`;
  return `apiVersion: v1
kind: Service
metadata: {name: ${app}, namespace: ${namespace}}
spec:
  clusterIP: ${vip}
  clusterIPs: [${vip}]
  selector: {app: ${app}}
  ports:
  - {name: http, port: 80, targetPort: 8080, protocol: TCP}
  - {name: tcp-data, port: ${9000 + (number % 5)}, targetPort: 9000, protocol: TCP}`;
}

const entryKinds = [
  '  resolution: DNS\n  ports: [{number: 443, name: tls, protocol: TLS}]',
  '  resolution: DNS\n  ports: [{number: 80, name: http, protocol: HTTP}, {number: 443, name: https, protocol: HTTPS}]',
  '',
  '  resolution: NONE\n  ports: [{number: 443, name: tls, protocol: TLS}]',
  '',
] as const;

function entryText(namespace: string, number: number): string {
  const kind = number % 5;
  const low = octets(number).slice(2);
  const spec =
    kind === 2
      ? `  resolution: STATIC\n  addresses: [172.16.${low}]\n  endpoints: [{address: 198.18.${low}}]\n  ports: [{number: ${7000 + (number % 50)}, name: tcp, protocol: TCP}]`
      : kind === 4
        ? `  resolution: STATIC\n  endpoints: [{address: 198.20.${low}}]\n  ports: [{number: 8080, name: http, protocol: HTTP}]`
        : (entryKinds[kind] ?? '');
  const host =
    kind === 3
      ? `*.w${padded(number)}.example.net`
      : `ext-${padded(number)}.example${number % 7}.com`;
  return `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: se-${padded(number)}, namespace: ${namespace}}
spec:
  hosts: ["${host}"]
  location: MESH_EXTERNAL
${spec}`;
}

const istio = (kind: string, name: string, namespace: string, spec: string) =>
  `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n${spec}`;

/** Documents of a cluster dump with REGISTRY_ONLY: running pods with sidecars, a fourth of the Sidecars import everything. */
export function* largeMesh(size: MeshSize, seed = 1): Iterable<string> {
  const random = randomFrom(seed);
  const anyNamespace = () => namespaceName(random(size.namespaces));
  const service = (n: number) => ({
    app: `svc-${padded(n)}`,
    namespace: namespaceName(n % size.namespaces),
  });
  const anyService = () => service(random(size.services));
  yield 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    outboundTrafficPolicy:\n      mode: REGISTRY_ONLY';
  for (let n = 0; n < size.namespaces; n += 1) {
    yield `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespaceName(n)}, labels: {istio-injection: enabled}}`;
  }
  for (let n = 0; n < size.services; n += 1) {
    const { app, namespace } = service(n);
    yield serviceText(namespace, app, n);
    yield podText(namespace, app, 0, 2 * n);
    yield podText(namespace, app, 1, 2 * n + 1);
  }
  for (let n = 0; n < size.serviceEntries; n += 1) yield entryText(anyNamespace(), n);
  for (let n = 0; n < size.sidecars; n += 1) {
    const some = new Set([anyNamespace(), anyNamespace(), anyNamespace()]);
    const hosts =
      n % 4 === 0 ? ['*/*'] : ['./*', 'istio-system/*', ...[...some].map(name => `${name}/*`)];
    const quoted = hosts.map(host => `"${host}"`).join(', ');
    yield istio(
      'Sidecar',
      `default-${n}`,
      namespaceName(n % size.namespaces),
      `  egress:\n  - hosts: [${quoted}]`,
    );
  }
  for (let n = 0; n < size.virtualServices; n += 1) {
    const { app, namespace } = anyService();
    const host = `${app}.${namespace}.svc.cluster.local`;
    const http = `  hosts: [${host}]\n  http:\n  - match: [{uri: {prefix: /v2}}]\n    route: [{destination: {host: ${host}, subset: v2}}]\n  - route: [{destination: {host: ${host}}}]`;
    yield istio('VirtualService', `vs-${padded(n)}`, namespace, http);
  }
  for (let n = 0; n < size.destinationRules; n += 1) {
    const { app, namespace } = anyService();
    const spec = `  host: ${app}.${namespace}.svc.cluster.local\n  subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]`;
    yield istio('DestinationRule', `dr-${padded(n)}`, namespace, spec);
  }
}
