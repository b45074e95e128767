import type { Labels, Service, ServiceEntry } from '../../resources';

/** A destination as the analyzers see it: a Service is turned into the same shape as a ServiceEntry. */
export interface KnownHost {
  readonly ports: readonly number[];
  readonly workloadSelector: Labels;
}

/**
 * Hosts by the namespaces that may use them. As `util.InitServiceEntryHostMap` and `util.GetDestinationHost`: `*` is the
 * scope of everybody; a short name is completed with the namespace it is used in.
 */
export interface HostIndex {
  readonly find: (
    namespace: string,
    exportTo: readonly string[],
    host: string,
  ) => KnownHost | undefined;
}

/** Completes a name without dots; wildcards and other names stay (`util.ConvertHostToFQDN`). */
export function completeHost(namespace: string, host: string): string {
  return host.startsWith('*') || host.includes('.')
    ? host
    : `${host}.${namespace}.svc.cluster.local`;
}

/** Namespaces named by `exportTo`: `*` for all, `.` is the object's own. */
export function exportScopes(exportTo: readonly string[], namespace: string): readonly string[] {
  if (exportTo.length === 0 || exportTo.includes('*')) return ['*'];
  return [...new Set(exportTo.map(scope => (scope === '.' ? namespace : scope)))];
}

function entryHosts(entry: ServiceEntry): readonly [string, KnownHost][] {
  const namespace = entry.metadata.namespace ?? '';
  const known: KnownHost = {
    ports: entry.spec.ports.map(port => port.number),
    workloadSelector: entry.spec.workloadSelector?.labels ?? {},
  };
  return entry.spec.hosts.flatMap(host =>
    exportScopes(entry.spec.exportTo ?? [], namespace).map((scope): [string, KnownHost] => [
      `${scope}/${completeHost(namespace, host)}`,
      known,
    ]),
  );
}

function serviceHosts(service: Service): readonly [string, KnownHost][] {
  const namespace = service.metadata.namespace ?? '';
  const known: KnownHost = {
    ports: service.spec.ports.map(port => port.port),
    workloadSelector: {},
  };
  const annotation = service.metadata.annotations['networking.istio.io/exportTo'] ?? '';
  const scopes = annotation === '' ? ['*'] : annotation.split(',');
  return scopes.map(scope => [
    `${scope === '.' ? namespace : scope}/${completeHost(namespace, service.metadata.name)}`,
    known,
  ]);
}

export function indexHosts(
  services: readonly Service[],
  entries: readonly ServiceEntry[],
): HostIndex {
  const hosts = new Map<string, KnownHost>([
    ...entries.flatMap(entryHosts),
    ...services.flatMap(serviceHosts),
  ]);
  const wildcards = [...hosts].flatMap(([key, known]) => {
    const slash = key.indexOf('/');
    const host = key.slice(slash + 1);
    return host.startsWith('*')
      ? [{ scope: key.slice(0, slash), suffix: host.slice(1), known }]
      : [];
  });
  return {
    find: (namespace, exportTo, host) => {
      const complete = completeHost(namespace, host);
      const scopes =
        exportTo.length === 0 ? [namespace] : exportTo.map(s => (s === '.' ? namespace : s));
      for (const scope of ['*', ...scopes]) {
        const known = hosts.get(`${scope}/${complete}`);
        if (known !== undefined) return known;
      }
      const bare = host.startsWith('*') ? host.slice(1) : host;
      return wildcards.find(
        ({ scope, suffix }) => (scope === '*' || scope === namespace) && bare.endsWith(suffix),
      )?.known;
    },
  };
}
