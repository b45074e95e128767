import {
  endpointsOf,
  findWorkload,
  judgePacket,
  type Mesh,
  type PolicyVerdict,
  podViewsOf,
  servicesOfHost,
} from '../../mesh';
import { type IpAddress, parseIp } from '../../net';
import type { Origin } from '../../origin';
import type { WorkloadRef } from '../../simulation';
import type { AccessRow } from '../row';

/** Whether a process of a workload can reach a destination that goes around its sidecar. */
export interface DirectWay {
  readonly workload: WorkloadRef;
  readonly kind: 'open' | 'closed' | 'unknown';
  /** NetworkPolicies that decide; empty when none restricts the pods. */
  readonly policies: readonly Origin[];
  /** What a policy asks for and the input does not say, when the way is `unknown`. */
  readonly lacks?: PolicyVerdict['lacks'];
}

/** Addresses of a host that its ServiceEntries name. */
function addressesOf(mesh: Mesh, host: string): readonly IpAddress[] {
  const found = [...servicesOfHost(mesh, host).values()].flatMap(service => [
    service.defaultAddress,
    ...endpointsOf(mesh, service).map(({ address }) => address),
  ]);
  return found.flatMap(text => (text === '0.0.0.0' ? [] : (parseIp(text) ?? [])));
}

const ways: Readonly<Record<PolicyVerdict['kind'], DirectWay['kind']>> = {
  unrestricted: 'open',
  allowed: 'open',
  unknown: 'unknown',
  denied: 'closed',
};

/** The least restricted pod of the workload, over all addresses of the host, decides. */
export function directWay(
  mesh: Mesh,
  {
    workload: ref,
    host,
    port,
    protocol,
  }: Pick<AccessRow, 'workload' | 'host' | 'port' | 'protocol'>,
): DirectWay {
  const workload = findWorkload(mesh, ref);
  const addresses = addressesOf(mesh, host);
  const packet = {
    direction: 'egress',
    port,
    protocol: protocol === 'UDP' ? 'UDP' : 'TCP',
  } as const;
  const peers = addresses.length === 0 ? [{}] : addresses.map(address => ({ address }));
  const verdicts = (workload === undefined ? [] : podViewsOf(mesh, workload)).flatMap(pod =>
    peers.map(peer => judgePacket(mesh, { ...packet, pod, peer })),
  );
  const worst =
    verdicts.find(({ kind }) => ways[kind] === 'open') ??
    verdicts.find(({ kind }) => ways[kind] === 'unknown') ??
    verdicts[0];
  return worst === undefined
    ? { workload: ref, kind: 'open', policies: [] }
    : {
        workload: ref,
        kind: ways[worst.kind],
        policies: worst.policies,
        ...(worst.lacks !== undefined && { lacks: worst.lacks }),
      };
}
