import type { EgressScope, MeshVirtualService } from '../../mesh';
import { hostCovers, isWildcardHost } from '../../net';

interface HostIndex {
  readonly exact: ReadonlyMap<string, MeshVirtualService>;
  /** Longest first. */
  readonly wildcards: readonly (readonly [string, MeshVirtualService])[];
}

function buildIndex(virtualServices: readonly MeshVirtualService[]): HostIndex {
  const exact = new Map<string, MeshVirtualService>();
  const wildcards = new Map<string, MeshVirtualService>();
  for (const item of virtualServices) {
    for (const host of item.hosts) {
      const map = isWildcardHost(host) ? wildcards : exact;
      if (!map.has(host)) map.set(host, item);
    }
  }
  return { exact, wildcards: [...wildcards].sort(([a], [b]) => b.length - a.length) };
}

const indexes = new WeakMap<readonly MeshVirtualService[], HostIndex>();

/**
 * The VirtualService whose host fits a service best, of all that the listener imports: exact before wildcard, longer
 * before shorter, older first (`sidecar.go:computeWildcardHostVirtualServiceIndex`).
 */
export function mostSpecificVirtualService(
  egress: EgressScope,
  hostname: string,
): MeshVirtualService | undefined {
  const { virtualServices } = egress;
  const index = indexes.get(virtualServices) ?? buildIndex(virtualServices);
  indexes.set(virtualServices, index);
  const map = isWildcardHost(hostname) ? undefined : index.exact.get(hostname);
  return map ?? index.wildcards.find(([host]) => hostCovers(host, hostname))?.[1];
}
