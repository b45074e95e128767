import { compareText } from '../creation-order';
import { pushTo } from '../derive';
import type { MeshService, ServiceAlias } from './service';

/** Follows ExternalName after ExternalName; `undefined` for a loop, which Kubernetes answers with NXDOMAIN. */
function concreteHost(
  alias: string,
  target: string,
  targets: ReadonlyMap<string, string>,
): string | undefined {
  const seen = new Set([alias, target]);
  let current = target;
  for (;;) {
    const next = targets.get(current);
    if (next === undefined) return current;
    if (seen.has(next)) return undefined;
    seen.add(next);
    current = next;
  }
}

/**
 * Gives each service the ExternalName services that lead to it, over any number of hops
 * (`pilot/pkg/model/push_context.go:resolveServiceAliases`).
 */
export function resolveAliases(services: readonly MeshService[]): readonly MeshService[] {
  const aliases = services.filter(service => service.resolution === 'Alias');
  if (aliases.length === 0) return services;
  const targets = new Map(aliases.map(item => [item.hostname, item.externalName ?? ''] as const));
  const byHost = new Map<string, ServiceAlias[]>();
  for (const { hostname, namespace, externalName = '' } of aliases) {
    const host = concreteHost(hostname, externalName, targets);
    if (host !== undefined) pushTo(byHost, host, { hostname, namespace });
  }
  for (const list of byHost.values()) {
    list.sort(
      (a, b) => compareText(a.namespace, b.namespace) || compareText(a.hostname, b.hostname),
    );
  }
  return services.map(service => {
    const own = byHost.get(service.hostname);
    return own === undefined ? service : { ...service, aliases: own };
  });
}
