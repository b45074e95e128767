import { derive, type Mesh, member, memberAt, pushTo, serviceHostname } from '../../mesh';
import { formatObjectRef, type ObjectRef } from '../../origin';
import { type Resource, refOf } from '../../resources';
import { listOf, textOf } from './plain-value';
import type { Unmodelled } from './unmodelled';

const group = 'gateway.networking.k8s.io/';
const routeKinds = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute']);

type Route = Resource<string, unknown>;

/** A route, and the namespace of what it is bound to. */
interface Binding {
  readonly route: Route;
  readonly parent: ObjectRef;
}

function parentsOf(route: Route): readonly ObjectRef[] {
  return listOf(memberAt(route.spec, 'spec.parentRefs')).flatMap(parent => {
    const kind = textOf(member(parent, 'kind'));
    const name = textOf(member(parent, 'name'));
    const { namespace: own = '' } = route.metadata;
    const namespace = textOf(member(parent, 'namespace')) ?? own;
    return (kind === 'Service' || kind === 'ServiceEntry') && name !== undefined
      ? [{ kind, namespace, name }]
      : [];
  });
}

function hostsOf(mesh: Mesh, { kind, namespace = '', name }: ObjectRef): readonly string[] {
  if (kind === 'Service') return [serviceHostname(name, namespace, mesh.clusterDomain)];
  const entry = mesh.resources.serviceEntries.find(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  );
  return entry?.spec.hosts ?? [];
}

const bindings = derive(
  mesh => [mesh.resources.other, mesh.resources.serviceEntries, mesh.clusterDomain],
  mesh => {
    const byHost = new Map<string, Binding[]>();
    for (const route of mesh.resources.other) {
      if (!routeKinds.has(route.kind) || !route.apiVersion.startsWith(group)) continue;
      for (const parent of parentsOf(route)) {
        for (const host of hostsOf(mesh, parent)) pushTo(byHost, host, { route, parent });
      }
    }
    return byHost;
  },
);

/**
 * Routes of the Gateway API that change calls to a host. In the namespace of the Service they are for every client, elsewhere
 * for the clients of their own namespace (Gateway API, GEP-1294: producer and consumer routes).
 */
export function routesBoundTo(mesh: Mesh, host: string, client: string): readonly Unmodelled[] {
  return (bindings(mesh).get(host) ?? [])
    .filter(({ route: { metadata }, parent }) =>
      [parent.namespace, client].includes(metadata.namespace),
    )
    .map(({ route, parent }) => ({
      object: refOf(route),
      message: `${formatObjectRef(refOf(route))} is bound to ${formatObjectRef(parent)} and not modelled; it may change the answer`,
    }));
}
