import { derive, type Mesh, selectorMatches, type Workload } from '../../../mesh';
import { parseIp } from '../../../net';
import type { LabelSelector } from '../../../resources';
import { type PodStack, stackAt, type Trace } from '../../../simulation';

/** Every address that a call is sent to on its way, as far as it comes. */
function addressesOf({ hops, symptom, call }: Trace): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { before, after, hypothetical } of hops) {
    if (hypothetical === true) continue;
    if (before !== undefined) found.add(before.destination);
    if (after !== undefined) found.add(after.destination);
  }
  if (symptom.reached !== undefined) found.add(symptom.reached.ip);
  for (const address of symptom.dns?.addresses ?? []) found.add(address);
  if (parseIp(call.to) !== undefined) found.add(call.to);
  return found;
}

/** Workloads of the mesh that a call meets or would meet: whoever is one of them may have another answer. */
export function encounters(mesh: Mesh, traces: readonly Trace[]): ReadonlySet<Workload> {
  const met = new Set<Workload>();
  for (const trace of traces) {
    for (const address of addressesOf(trace)) {
      const stack = stackAt(mesh, address);
      if (stack !== undefined) met.add(stack.workload);
    }
  }
  return met;
}

/** Whether receiving sides tell callers of one namespace apart by more than the namespace. */
const tellsCallersApart = derive(
  mesh => [mesh.resources.authorizationPolicies],
  mesh =>
    mesh.resources.authorizationPolicies.some(({ spec }) =>
      spec.rules.some(({ from, when }) => {
        const keys = from.flatMap(source => Object.keys(source));
        return (
          keys.some(key => key !== 'namespaces' && key !== 'notNamespaces') ||
          when.some(({ key }) => key.startsWith('source.') && key !== 'source.namespace')
        );
      }),
    ),
);

/** Peers by which ingress policies tell pods of one namespace apart, with the policy's namespace. */
const ingressPeers = derive(
  mesh => [mesh.resources.networkPolicies],
  mesh => {
    const found = new Map<string, IngressPeer>();
    for (const { metadata, spec } of mesh.resources.networkPolicies) {
      for (const { podSelector, namespaceSelector, ipBlock } of spec.ingress.flatMap(
        rule => rule.peers,
      )) {
        const own = namespaceSelector === undefined ? metadata.namespace : undefined;
        const peer = {
          ...(podSelector !== undefined && { podSelector }),
          ...(own !== undefined && ipBlock === undefined && { namespace: own }),
        };
        if (podSelector !== undefined || ipBlock !== undefined)
          found.set(JSON.stringify(peer), peer);
      }
    }
    return [...found.values()];
  },
);

interface IngressPeer {
  /** Absent: an ipBlock, which asks for the address. */
  readonly podSelector?: LabelSelector;
  /** The only namespace whose pods are meant. */
  readonly namespace?: string;
}

/** What ingress policies see of a caller. */
function seenByPolicies(mesh: Mesh, { view }: PodStack): string {
  return ingressPeers(mesh)
    .filter(({ namespace }) => namespace === undefined || namespace === view.namespace)
    .map(({ podSelector }) =>
      podSelector === undefined
        ? view.ips.join()
        : String(selectorMatches(podSelector, view.labels)),
    )
    .join();
}

/** What a receiving side sees of a caller beside what its class says; the same text, the same answer. */
export function callerSeen(mesh: Mesh, stack: PodStack): string {
  const { serviceAccount, name, workload } = stack;
  const seen = mesh.resources.networkPolicies.length === 0 ? '' : seenByPolicies(mesh, stack);
  if (!tellsCallersApart(mesh)) return seen;
  const { kind, namespace } = workload.ref;
  return `${serviceAccount} ${kind} ${namespace}/${workload.ref.name} ${name} ${seen}`;
}
