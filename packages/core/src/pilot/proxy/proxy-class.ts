import { derive, type Mesh, type Proxy, type SidecarScope, sidecarScopeOf } from '../../mesh';

/** Metadata that the generated configuration depends on. */
const decidingMetadata = [
  'DNS_CAPTURE',
  'DNS_AUTO_ALLOCATE',
  'HTTP_PROXY_PORT',
  'HTTP10',
  'UNPRIVILEGED_POD',
  'ROUTER_MODE',
] as const;

const labelKeys = new WeakMap<Mesh, readonly string[]>();

/** Label keys that a VirtualService or DestinationRule of the mesh asks the client for. */
function decidingLabels(mesh: Mesh): readonly string[] {
  const known = labelKeys.get(mesh);
  if (known !== undefined) return known;
  const keys = new Set<string>();
  const add = (labels: object | undefined) => {
    for (const key of Object.keys(labels ?? {})) keys.add(key);
  };
  for (const { spec } of mesh.resources.virtualServices) {
    for (const rule of [...spec.http, ...spec.tls, ...spec.tcp]) {
      for (const match of rule.match) add(match.sourceLabels);
    }
  }
  for (const { spec } of mesh.resources.destinationRules) add(spec.workloadSelector?.labels);
  const sorted = [...keys].sort();
  labelKeys.set(mesh, sorted);
  return sorted;
}

const scopeIds = new WeakMap<SidecarScope, number>();
let nextScopeId = 0;

function scopeId(scope: SidecarScope): number {
  const known = scopeIds.get(scope);
  if (known !== undefined) return known;
  nextScopeId += 1;
  scopeIds.set(scope, nextScopeId);
  return nextScopeId;
}

const traits = new WeakMap<Proxy, { readonly asked: string; readonly text: string }>();

/** What decides the outbound configuration beside the scope, the namespace and its domain. */
function traitsOf(mesh: Mesh, proxy: Proxy): string {
  const asked = decidingLabels(mesh).join();
  const known = traits.get(proxy);
  if (known?.asked === asked) return known.text;
  const text = JSON.stringify(listTraits(mesh, proxy));
  traits.set(proxy, { asked, text });
  return text;
}

function listTraits(mesh: Mesh, proxy: Proxy): readonly unknown[] {
  const value = (record: Readonly<Record<string, string>>, key: string) =>
    Object.hasOwn(record, key) ? record[key] : undefined;
  const labels = proxy.type === 'router' ? Object.keys(proxy.labels).sort() : decidingLabels(mesh);
  return [
    proxy.type,
    proxy.ipMode,
    proxy.interceptionMode,
    decidingMetadata.map(key => value(proxy.metadata, key) ?? null),
    labels.map(key => [key, value(proxy.labels, key) ?? null]),
  ];
}

/** Equal for proxies that get the same outbound configuration, but for the listeners of their own addresses. */
export function proxyClassKey(mesh: Mesh, proxy: Proxy): string {
  const { namespace, dnsDomain } = proxy;
  const scope = scopeId(sidecarScopeOf(mesh, proxy));
  return [scope, namespace, dnsDomain, traitsOf(mesh, proxy)].join(' ');
}

const listIds = new WeakMap<object, number>();
let nextListId = 0;

function listId(list: object): number {
  const known = listIds.get(list);
  if (known !== undefined) return known;
  nextListId += 1;
  listIds.set(list, nextListId);
  return nextListId;
}

/** DestinationRules of a namespace for hosts outside of the cluster: its own clients take them first. */
const ownRules = derive(
  mesh => [mesh.resources.destinationRules, mesh.clusterDomain],
  mesh => {
    const byNamespace = new Map<string, string>();
    for (const { metadata, spec } of mesh.resources.destinationRules) {
      const host = spec.host.toLowerCase();
      if (host.endsWith(`.${mesh.clusterDomain}`) && !host.startsWith('*')) continue;
      const { namespace = '', name } = metadata;
      byNamespace.set(namespace, `${byNamespace.get(namespace) ?? ''} ${namespace}/${name}`);
    }
    return byNamespace;
  },
);

/** Whether a route of the mesh asks for the namespace of the client. */
const asksForNamespace = derive(
  mesh => [mesh.resources.virtualServices],
  mesh =>
    mesh.resources.virtualServices.some(({ spec }) =>
      [...spec.http, ...spec.tls, ...spec.tcp].some(rule =>
        rule.match.some(match => (match.sourceNamespace ?? '') !== ''),
      ),
    ),
);

/**
 * Equal for sidecars of whatever namespace whose calls to hosts outside of the cluster, which no VirtualService names,
 * meet the same configuration; `undefined` for those that share with no other namespace. Namespaces that import everything
 * and see nothing that others do not have the same lists (`buildSidecarScope`).
 */
export function wideProxyClassKey(mesh: Mesh, proxy: Proxy): string | undefined {
  const scope = sidecarScopeOf(mesh, proxy);
  const [egress, ...others] = scope.egress;
  if (proxy.type === 'router' || egress === undefined || others.length > 0) return undefined;
  const { port, bind, captureMode } = egress.listener ?? { captureMode: 'DEFAULT' };
  const isPlain = port === undefined && (bind ?? '') === '' && captureMode === 'DEFAULT';
  if (!isPlain || asksForNamespace(mesh)) return undefined;
  const lists = [egress.services, egress.virtualServices, scope.services].map(listId);
  const rules = ownRules(mesh).get(proxy.namespace) ?? '';
  const { namespace, dnsDomain } = proxy;
  const domain = dnsDomain.startsWith(`${namespace}.`)
    ? dnsDomain.slice(namespace.length)
    : dnsDomain;
  const policy = JSON.stringify(scope.outboundPolicy);
  return [lists.join(), policy, rules, domain, traitsOf(mesh, proxy)].join(' | ');
}
