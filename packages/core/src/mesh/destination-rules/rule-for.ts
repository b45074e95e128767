import { derive, getOrMake } from '../derive';
import { labelsMatch } from '../labels';
import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import type { MeshService } from '../registry/service';
import { mostSpecific } from './host-table';
import type { MergedDestinationRule } from './merged-destination-rule';
import { ruleIndex } from './rule-index';

type Rules = readonly MergedDestinationRule[];
type ServiceName = Pick<MeshService, 'hostname' | 'namespace'>;

/** Rules that `owner` exports to `client` for a host (`push_context.go:getExportedDestinationRuleFromNamespace`). */
function exportedRules(
  mesh: Mesh,
  owner: string,
  client: string,
  hostname: string,
): Rules | undefined {
  const table = ruleIndex(mesh).exported.get(owner);
  const rules = table === undefined ? undefined : mostSpecific(table, hostname);
  const visible = rules?.filter(
    ({ exportTo }) => exportTo.size === 0 || exportTo.has('*') || exportTo.has(client),
  );
  return visible === undefined || visible.length === 0 ? undefined : visible;
}

function ownRules(mesh: Mesh, client: string, hostname: string): Rules | undefined {
  const { local, rootPrivate } = ruleIndex(mesh);
  const table = client === mesh.rootNamespace ? rootPrivate : local.get(client);
  return table === undefined ? undefined : mostSpecific(table, hostname);
}

const lookups = derive(
  mesh => [ruleIndex(mesh), mesh.rootNamespace],
  () => new Map<string, Rules>(),
);

/**
 * The rules for a host as a client namespace sees them: its own first, even a wildcard one; then those of the service's
 * namespace, then those of the root namespace (`push_context.go:destinationRule`).
 */
export function destinationRulesFor(mesh: Mesh, client: string, service: ServiceName): Rules {
  const { hostname, namespace } = service;
  return getOrMake(
    lookups(mesh),
    `${client}/${namespace}/${hostname}`,
    () =>
      ownRules(mesh, client, hostname) ??
      exportedRules(mesh, namespace, client, hostname) ??
      exportedRules(mesh, mesh.rootNamespace, client, hostname) ??
      [],
  );
}

/**
 * The one rule that applies: of the proxy's namespace the first whose selector takes it, else the last without selector
 * (`sidecar.go:DestinationRule`). `direction` is `inbound` for the proxy's own service ports, where selectors do not count.
 */
export function destinationRuleFor(
  mesh: Mesh,
  proxy: Pick<Proxy, 'namespace' | 'labels'>,
  service: ServiceName,
  direction: 'outbound' | 'inbound' = 'outbound',
): MergedDestinationRule | undefined {
  const rules = destinationRulesFor(mesh, proxy.namespace, service);
  const selected = rules.find(
    rule =>
      direction === 'outbound' &&
      rule.namespace === proxy.namespace &&
      rule.workloadSelector !== undefined &&
      labelsMatch(rule.workloadSelector, proxy.labels),
  );
  return selected ?? rules.findLast(rule => rule.workloadSelector === undefined);
}
