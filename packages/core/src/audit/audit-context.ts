import { type AccessRow, type AccessTarget, externalAccess } from '../access';
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
import { type HostIndex, hostIndex } from './facts/host-index';
import { unionOf, type WorkloadSet, workloadKey } from './findings/workload-set';
import { groupBy } from './group-by';

/** A host that a workload says it needs, from the catalog or a file. */
export interface DeclaredHost {
  readonly workload: WorkloadRef;
  readonly host: string;
  readonly port?: number;
  readonly protocol?: 'HTTP' | 'TLS' | 'TCP' | 'UDP';
}

/** Workloads that see the same part of the mesh and resolve names the same way. */
export interface ScopeClass {
  readonly scope: SidecarScope;
  readonly policy: OutboundPolicy;
  /** Their proxies answer DNS. */
  readonly dnsCapture: boolean;
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
  /** Classes of workloads whose scope holds one of these services, each once. */
  readonly importing: (services: readonly MeshService[]) => readonly ScopeClass[];
  /** Workloads whose scope holds one of these services. */
  readonly importers: (...services: readonly MeshService[]) => WorkloadSet;
  /** Registry services by lower-case host. */
  readonly servicesByHost: () => ReadonlyMap<string, readonly MeshService[]>;
  /** Hosts of the registry, to be asked by wildcard. */
  readonly hosts: () => HostIndex;
  /** Rows of the access matrix for the hosts that workloads declare. */
  readonly declaredAccess: () => readonly AccessRow[];
}

export interface AuditContextInput {
  readonly mesh: Mesh;
  readonly issues?: readonly Issue[];
  readonly declared?: readonly DeclaredHost[];
  /** Rows of the access matrix, declared hosts among them, where the caller has them already. */
  readonly access?: () => readonly AccessRow[];
  /** Longest list of affected workloads or hosts in a finding, 20 when not given; the count is always whole. */
  readonly limit?: number;
  /** Who answers for a workload, as the catalog says; labels and annotations are asked when it does not know. */
  readonly ownerOf?: (workload: WorkloadRef) => string | undefined;
  /** False: findings carry no traced call. */
  readonly evidence?: boolean;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

type Building = Omit<ScopeClass, 'workloads'> & { readonly workloads: Workload[] };

function scopeClasses(mesh: Mesh): readonly ScopeClass[] {
  const classes = new Map<SidecarScope, Map<boolean, Building>>();
  for (const workload of mesh.workloads) {
    const [proxy] = proxiesOf(mesh, workload);
    if (proxy === undefined) continue;
    const scope = sidecarScopeOf(mesh, proxy);
    const ofScope = classes.get(scope) ?? new Map<boolean, Building>();
    classes.set(scope, ofScope);
    const dnsCapture = proxy.metadata.DNS_CAPTURE === 'true';
    const known = ofScope.get(dnsCapture);
    if (known === undefined) {
      const policy = outboundPolicyOf(mesh, proxy);
      ofScope.set(dnsCapture, { scope, policy, dnsCapture, proxy, workloads: [workload] });
    } else known.workloads.push(workload);
  }
  return [...classes.values()].flatMap(ofScope => [...ofScope.values()]);
}

/** A scope may hold a copy with fewer ports, so the name counts. */
const serviceKey = ({ namespace, hostname }: MeshService) => `${namespace}/${hostname}`;

function importersByService(
  classes: readonly ScopeClass[],
): ReadonlyMap<string, readonly ScopeClass[]> {
  const index = new Map<string, ScopeClass[]>();
  for (const scopeClass of classes) {
    for (const service of scopeClass.scope.services) {
      const key = serviceKey(service);
      const known = index.get(key);
      if (known === undefined) index.set(key, [scopeClass]);
      else if (known[known.length - 1] !== scopeClass) known.push(scopeClass);
    }
  }
  return index;
}

/** Rows for the declared hosts alone: workloads that declare the same are asked together. */
function accessOfDeclared(mesh: Mesh, declared: readonly DeclaredHost[]): readonly AccessRow[] {
  const byWorkload = groupBy(declared, ({ workload }) => workloadKey(workload));
  const targetsOf = (items: readonly DeclaredHost[]): readonly AccessTarget[] =>
    items.map(({ host, port, protocol }) => ({
      host,
      ...(port !== undefined && { port }),
      ...(protocol !== undefined && { protocol }),
    }));
  const alike = groupBy([...byWorkload.values()], items => JSON.stringify(targetsOf(items)));
  return [...alike.values()].flatMap(group => {
    const workloads = group.flatMap(([first]) => (first === undefined ? [] : [first.workload]));
    const onlyHosts = targetsOf(group[0] ?? []);
    return [...externalAccess(mesh, { workloads, onlyHosts })].map(row => ({
      ...row,
      declared: true,
    }));
  });
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
  const servicesByHost = once(() => byHost(mesh.services));
  const importing: AuditContext['importing'] = ([only, ...more]) => {
    if (only === undefined) return [];
    const of = (service: MeshService) => index().get(serviceKey(service)) ?? [];
    return more.length === 0 ? of(only) : [...new Set([only, ...more].flatMap(of))];
  };
  return {
    mesh,
    issues,
    ...(declared === undefined ? {} : { declared }),
    scopes,
    servicesByHost,
    hosts: once(() => hostIndex([...servicesByHost().keys()])),
    importing,
    importers: (...services) => unionOf(importing(services)),
    declaredAccess: once(
      () =>
        input.access?.().filter(row => row.declared === true) ??
        accessOfDeclared(mesh, declared ?? []),
    ),
  };
}
