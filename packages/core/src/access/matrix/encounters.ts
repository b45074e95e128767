import { derive, type Mesh, type Workload } from '../../mesh';
import { parseIp } from '../../net';
import { type PodStack, stackAt, type Trace } from '../../simulation';

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

/** What a receiving side sees of a caller beside what its class says; the same text, the same answer. */
export function callerSeen(mesh: Mesh, { serviceAccount, name, workload }: PodStack): string {
  if (!tellsCallersApart(mesh)) return '';
  const { kind, namespace } = workload.ref;
  return `${serviceAccount} ${kind} ${namespace}/${workload.ref.name} ${name}`;
}
