import { answerName, type Mesh, type Proxy } from '../../mesh';
import { ipFamily, parseIp } from '../../net';
import { traverse } from '../../netfilter';
import type { Assumption, Origin } from '../../origin';
import { networkOf, rulesetOf } from '../kernel/pod-network';
import type { SimulateOptions } from '../options';
import type { PodStack, ProcessIdentity } from '../pod/pod-stack';
import type { Refusal } from '../policies/judge-connection';
import { hostsFileAddresses } from './hosts-file';
import { judgeQuery, type QueryVerdict } from './name-server';
import { type Resolution, resolveName } from './resolve-name';
import { candidateNames, resolverConfig } from './resolver-config';
import { askUpstream, type DnsReply } from './upstream-dns';

/** A resolution, and who answered it. */
export interface PodResolution extends Resolution {
  readonly nameserver: string;
  /** The rules hand queries to the agent. */
  readonly captured: boolean;
  readonly answeredBy: 'hosts-file' | 'agent' | 'dns-server';
  /** Keeps queries from the DNS server; `behind` is what the name means there. */
  readonly refusal?: Refusal;
  readonly behind?: readonly string[];
  readonly assumptions?: readonly Assumption[];
  /** Entry of the agent's name table that answered. */
  readonly origin?: Origin;
}

/** True when the rules hand a DNS query of this process to the agent. */
function isCaptured(stack: PodStack, owner: ProcessIdentity, nameserver: string): boolean {
  const destination = parseIp(nameserver);
  if (stack.proxy === undefined || stack.rules === undefined || destination === undefined)
    return false;
  const { final } = traverse(rulesetOf(stack), networkOf(stack), {
    origin: 'local',
    family: ipFamily(destination),
    protocol: 'udp',
    destination,
    port: 53,
    owner,
  });
  return final.kind === 'redirect';
}

/** Resolution by a process of a pod: its hosts file, else the search list, then the agent or the cluster's DNS server for each candidate. */
export function resolveFromPod(
  mesh: Mesh,
  options: SimulateOptions,
  stack: PodStack,
  owner: ProcessIdentity,
  name: string,
  family: 4 | 6,
): PodResolution {
  const config = resolverConfig(mesh, stack.namespace, stack.spec);
  const { nameserver } = config;
  const local = hostsFileAddresses(stack, mesh.clusterDomain, name, family);
  if (local.length > 0)
    return {
      nameserver,
      captured: false,
      answeredBy: 'hosts-file',
      result: 'ok',
      addresses: local,
      asked: [],
    };
  const captured = isCaptured(stack, owner, nameserver);
  const base = { nameserver, captured, answeredBy: captured ? 'agent' : 'dns-server' } as const;
  const down = captured && (options.proxyState ?? 'running') !== 'running';
  if (down) return { ...base, result: 'timeout', addresses: [], asked: [] };
  const agent = captured ? stack.proxy?.proxy : undefined;
  const question: Question = { mesh, options, family, ...(agent !== undefined && { agent }) };
  const answer = (isRefused: boolean) => askAll(question, candidateNames(name, config), isRefused);
  const verdict: QueryVerdict =
    options.withoutNetworkPolicies === true ? { assumptions: [] } : judgeQuery(mesh, stack, config);
  const { refusal } = verdict;
  if (refusal === undefined) return { ...base, ...answer(false), ...verdict };
  const refused = answer(true);
  if (refused.result === 'ok') return { ...base, ...refused };
  const open = answer(false);
  const resolution = refusal.kind === 'denied' ? refused : open;
  return { ...base, ...resolution, ...verdict, behind: open.addresses };
}

interface Question {
  readonly mesh: Mesh;
  readonly options: SimulateOptions;
  readonly family: 4 | 6;
  /** Whose name table answers first. */
  readonly agent?: Proxy;
}

/** `isRefused`: nothing gets through to the DNS server. */
function askAll(
  { mesh, options, family, agent }: Question,
  candidates: readonly string[],
  isRefused: boolean,
): Resolution & Pick<PodResolution, 'origin'> {
  let origin: Origin | undefined;
  const forward = (candidate: string): DnsReply => {
    if (!isRefused) return askUpstream(mesh, options.world, candidate, family);
    return { kind: agent === undefined ? 'no-answer' : 'server-failure' };
  };
  const resolution = resolveName(candidates, candidate => {
    const table = agent === undefined ? undefined : answerName(mesh, agent, candidate, family);
    if (table === undefined || table.kind === 'forwarded') return forward(candidate);
    if (table.kind === 'random') return { kind: 'unknown' };
    origin = table.origin;
    return table.addresses.length === 0
      ? { kind: 'nodata' }
      : { kind: 'addresses', addresses: table.addresses };
  });
  return { ...resolution, ...(origin !== undefined && { origin }) };
}
