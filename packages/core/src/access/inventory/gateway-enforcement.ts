import type { Mesh } from '../../mesh';
import type { AccessOptions } from '../matrix/access-options';
import { externalAccess } from '../matrix/external-access';
import type { AccessRow } from '../row';

/** Whether an egress gateway is only the usual way, or the only one. */
export interface GatewayEnforcement {
  /** Host and port that at least one workload reaches through a gateway. */
  readonly host: string;
  readonly port: number;
  readonly gateways: readonly string[];
  /**
   * `bypassable`: some workload reaches the host by another way. `routed-only`: all go through the gateway, and nothing
   * keeps a process from going around its sidecar. `enforced`: egress NetworkPolicies stand in every namespace involved.
   */
  readonly level: 'bypassable' | 'routed-only' | 'enforced';
  readonly through: number;
  readonly around: readonly AccessRow[];
}

/** Namespaces with a NetworkPolicy that selects every pod and restricts egress. */
function restricted(mesh: Mesh): ReadonlySet<string> {
  return new Set(
    mesh.resources.networkPolicies
      .filter(({ spec }) => {
        const { matchLabels = {}, matchExpressions = [] } = spec.podSelector;
        const everyPod = Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
        return (
          everyPod &&
          spec.policyTypes.includes('Egress') &&
          spec.egress.every(({ peers }) => peers.length > 0)
        );
      })
      .map(({ metadata }) => metadata.namespace ?? ''),
  );
}

/** For each host behind an egress gateway: is the gateway enforced, or can it be gone around? */
export function gatewayEnforcement(
  mesh: Mesh,
  options: AccessOptions = {},
): readonly GatewayEnforcement[] {
  const cells = new Map<string, AccessRow[]>();
  for (const row of externalAccess(mesh, options)) {
    if (row.delivery !== 'reaches' && row.delivery !== 'mixed') continue;
    const key = `${row.host}:${row.port}`;
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  const closed = restricted(mesh);
  return [...cells.values()].flatMap(rows => {
    const through = rows.filter(({ control }) => control === 'gateway');
    const [first] = through;
    if (first === undefined) return [];
    const around = rows.filter(({ control }) => control !== 'gateway');
    const enforced = through.every(({ workload }) => closed.has(workload.namespace));
    return [
      {
        host: first.host,
        port: first.port,
        gateways: [...new Set(through.flatMap(({ via }) => via ?? []))],
        level:
          around.length > 0
            ? ('bypassable' as const)
            : enforced
              ? ('enforced' as const)
              : ('routed-only' as const),
        through: through.length,
        around,
      },
    ];
  });
}
