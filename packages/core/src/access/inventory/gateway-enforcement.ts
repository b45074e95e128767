import type { Mesh } from '../../mesh';
import type { ReasonCode } from '../../simulation';
import type { AccessOptions } from '../matrix/access-options';
import { externalAccess } from '../matrix/external-access';
import type { AccessRow } from '../row';
import { type DirectWay, directWay } from './direct-way';

/** Whether an egress gateway is only the usual way, or the only one. */
export interface GatewayEnforcement {
  /** Host and port that at least one workload reaches through a gateway. */
  readonly host: string;
  readonly port: number;
  readonly gateways: readonly string[];
  /**
   * `bypassable`: some workload reaches the host by another way, and no NetworkPolicy stops it. `routed-only`: all go
   * through the gateway, and a process of some of them that goes around its sidecar gets out directly, or may.
   * `enforced`: NetworkPolicies deny the direct way to every pod that uses the gateway.
   */
  readonly level: 'bypassable' | 'routed-only' | 'enforced';
  readonly through: number;
  readonly around: readonly AccessRow[];
  /** Of the workloads that use the gateway those whose direct way is open, or may be. */
  readonly open: readonly DirectWay[];
  /** What the answer lacks: `network-policy-not-supplied`, `address-not-given`, `labels-not-given`. */
  readonly reasons: readonly ReasonCode[];
}

const reaches = ({ delivery }: AccessRow) => delivery === 'reaches' || delivery === 'mixed';

function levelOf(
  around: readonly AccessRow[],
  open: readonly DirectWay[],
): GatewayEnforcement['level'] {
  if (around.length > 0) return 'bypassable';
  return open.length > 0 ? 'routed-only' : 'enforced';
}

function reasonsOf(mesh: Mesh, open: readonly DirectWay[]): readonly ReasonCode[] {
  if (mesh.resources.networkPolicies.length === 0) return ['network-policy-not-supplied'];
  const lacks = new Set(open.map(way => way.lacks));
  return [
    ...(lacks.has('address') ? (['address-not-given'] as const) : []),
    ...(lacks.has('labels') ? (['labels-not-given'] as const) : []),
  ];
}

function enforcementOf(mesh: Mesh, rows: readonly AccessRow[]): readonly GatewayEnforcement[] {
  const through = rows.filter(({ control }) => control === 'gateway');
  const [first] = through;
  if (first === undefined) return [];
  const around = rows.filter(
    row => row.control !== 'gateway' && directWay(mesh, row).kind !== 'closed',
  );
  const open = through.map(row => directWay(mesh, row)).filter(({ kind }) => kind !== 'closed');
  return [
    {
      host: first.host,
      port: first.port,
      gateways: [...new Set(through.flatMap(({ via }) => via ?? []))],
      level: levelOf(around, open),
      through: through.length,
      around,
      open,
      reasons: reasonsOf(mesh, open),
    },
  ];
}

/** For each host behind an egress gateway: is the gateway enforced, or can it be gone around? */
export function gatewayEnforcement(
  mesh: Mesh,
  options: AccessOptions = {},
): readonly GatewayEnforcement[] {
  const cells = new Map<string, AccessRow[]>();
  // how calls are routed is one question, what NetworkPolicies stop another
  for (const row of externalAccess(mesh, { ...options, withoutNetworkPolicies: true })) {
    if (!reaches(row)) continue;
    const key = `${row.host}:${row.port}`;
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return [...cells.values()].flatMap(rows => enforcementOf(mesh, rows));
}
