import { stackAt } from '../pod/build-stack';
import { workloadClassOf } from '../pod/workload-class';
import type { Run } from '../run';

interface Address {
  readonly ip: string;
  readonly port: number;
}

export const endpointName = ({ ip, port }: Address): string =>
  ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;

/** Endpoints with the same key answer alike: pods of one workload and class, servers outside in the same state. */
function keyOf({ mesh, options }: Run, { ip }: Address): string {
  const { refusingAddresses = [], silentAddresses = [], otherPods } = options.world ?? {};
  const state = `${refusingAddresses.includes(ip)} ${silentAddresses.includes(ip)}`;
  const stack = otherPods === 'servers' ? undefined : stackAt(mesh, ip);
  if (stack === undefined) return state;
  const { kind, namespace, name } = stack.workload.ref;
  return `${state} ${kind} ${namespace}/${name} ${stack.tlsMode} ${workloadClassOf(mesh, stack)}`;
}

/** More than these are not told apart. */
const limit = 8;

/**
 * The endpoint that a call goes to: the one that the caller asks for, else the first. Of those that may answer
 * differently one each is written down, so that the other outcomes can be told.
 */
export function chooseEndpoint<T extends Address>(
  run: Run,
  endpoints: readonly T[],
): T | undefined {
  const [first] = endpoints;
  if (endpoints.length < 2) return first;
  const byKey = new Map<string, T>();
  for (const item of endpoints) {
    const key = keyOf(run, item);
    if (!byKey.has(key)) byKey.set(key, item);
    if (byKey.size === limit) break;
  }
  if (byKey.size > 1) run.recorder.choices([...byKey.values()].map(endpointName));
  return endpoints.find(item => endpointName(item) === run.options.endpoint) ?? first;
}
