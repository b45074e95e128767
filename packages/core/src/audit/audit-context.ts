import type { AccessRow } from '../access';
import {
  type Mesh,
  type MeshService,
  type OutboundPolicy,
  outboundPolicyOf,
  type Proxy,
  proxiesOf,
  type SidecarScope,
  sidecarScopeOf,
  type Workload,
} from '../mesh';
import type { Issue } from '../origin';
import type { WorkloadRef } from '../simulation';

/** A host that a workload says it needs, from the catalog or a file. */
export interface DeclaredHost {
  readonly workload: WorkloadRef;
  readonly host: string;
  readonly port?: number;
  readonly protocol?: 'HTTP' | 'TLS' | 'TCP' | 'UDP';
}

/** Workloads that see the same part of the mesh. */
export interface ScopeClass {
  readonly scope: SidecarScope;
  readonly policy: OutboundPolicy;
  readonly workloads: readonly Workload[];
  /** One of their proxies: what holds for it holds for all as far as the scope decides. */
  readonly proxy: Proxy;
}

/** What rules look at. Derived facts are made once, when first asked for. */
export interface AuditContext {
  readonly mesh: Mesh;
  readonly declared?: readonly DeclaredHost[];
  /** Issues of decoding: values that were not understood. */
  readonly issues: readonly Issue[];
  readonly scopes: () => readonly ScopeClass[];
  /** Workloads whose scope holds this service. */
  readonly importers: (service: MeshService) => readonly WorkloadRef[];
  /** Registry services by lower-case host. */
  readonly servicesByHost: () => ReadonlyMap<string, readonly MeshService[]>;
  /** The access matrix; the caller decides how it is computed. */
  readonly access: () => readonly AccessRow[];
}

export interface AuditContextInput {
  readonly mesh: Mesh;
  readonly issues?: readonly Issue[];
  readonly declared?: readonly DeclaredHost[];
  readonly access: () => readonly AccessRow[];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function scopeClasses(mesh: Mesh): readonly ScopeClass[] {
  const classes = new Map<
    SidecarScope,
    { policy: OutboundPolicy; proxy: Proxy; workloads: Workload[] }
  >();
  for (const workload of mesh.workloads) {
    const [proxy] = proxiesOf(mesh, workload);
    if (proxy === undefined) continue;
    const scope = sidecarScopeOf(mesh, proxy);
    const known = classes.get(scope);
    if (known === undefined)
      classes.set(scope, { policy: outboundPolicyOf(mesh, proxy), proxy, workloads: [workload] });
    else known.workloads.push(workload);
  }
  return [...classes].map(([scope, rest]) => ({ scope, ...rest }));
}

function importersByService(
  classes: readonly ScopeClass[],
): ReadonlyMap<string, readonly ScopeClass[]> {
  const index = new Map<string, ScopeClass[]>();
  for (const scopeClass of classes) {
    for (const service of scopeClass.scope.services) {
      const key = `${service.namespace}/${service.hostname}`;
      const known = index.get(key);
      if (known === undefined) index.set(key, [scopeClass]);
      else if (known[known.length - 1] !== scopeClass) known.push(scopeClass);
    }
  }
  return index;
}

function byHost(services: readonly MeshService[]): ReadonlyMap<string, readonly MeshService[]> {
  const index = new Map<string, MeshService[]>();
  for (const service of services) {
    const host = service.hostname.toLowerCase();
    const known = index.get(host);
    if (known === undefined) index.set(host, [service]);
    else known.push(service);
  }
  return index;
}

export function auditContext(input: AuditContextInput): AuditContext {
  const { mesh, declared, issues = [] } = input;
  const scopes = once(() => scopeClasses(mesh));
  const index = once(() => importersByService(scopes()));
  return {
    mesh,
    issues,
    ...(declared === undefined ? {} : { declared }),
    scopes,
    servicesByHost: once(() => byHost(mesh.services)),
    importers: service =>
      (index().get(`${service.namespace}/${service.hostname}`) ?? []).flatMap(item =>
        item.workloads.map(workload => workload.ref),
      ),
    access: once(input.access),
  };
}
