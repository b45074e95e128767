import { type Mesh, type Proxy, type SidecarScope, sidecarScopeOf } from '../../mesh';

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

/** Equal for proxies that get the same outbound configuration, but for the listeners of their own addresses. */
export function proxyClassKey(mesh: Mesh, proxy: Proxy): string {
  const value = (record: Readonly<Record<string, string>>, key: string) =>
    Object.hasOwn(record, key) ? record[key] : undefined;
  const labels = proxy.type === 'router' ? Object.keys(proxy.labels).sort() : decidingLabels(mesh);
  return JSON.stringify([
    scopeId(sidecarScopeOf(mesh, proxy)),
    proxy.type,
    proxy.namespace,
    proxy.ipMode,
    proxy.interceptionMode,
    proxy.dnsDomain,
    decidingMetadata.map(key => value(proxy.metadata, key) ?? null),
    labels.map(key => [key, value(proxy.labels, key) ?? null]),
  ]);
}
