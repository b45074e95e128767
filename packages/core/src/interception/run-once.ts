import type { Origin } from '../origin';
import { usesIpv6 } from './options/pod-network';
import { type IptablesRun, type IptablesRunInput, runIptables } from './run-iptables';

type ObjectOrigin = Extract<Origin, { readonly kind: 'object' }>;

function isAbout(origin: Origin, pod: ObjectOrigin): boolean {
  return (
    origin.kind === 'object' &&
    origin.object.name === pod.object.name &&
    origin.object.kind === pod.object.kind &&
    origin.object.namespace === pod.object.namespace
  );
}

function causeKey(origin: Origin, pod: ObjectOrigin): string {
  return origin.kind === 'object' && isAbout(origin, pod)
    ? `own ${origin.path}`
    : JSON.stringify(origin);
}

/** Everything that decides a run, with the causes; those in the pod's own manifest by their path alone. */
function keyOf({ words, environment, network, version }: IptablesRunInput, pod: ObjectOrigin) {
  const { interfaceAddresses, nameservers } = network;
  return JSON.stringify([
    words.map(({ text, origin }) => [text, causeKey(origin, pod)]),
    [...environment].map(([name, { value, origin }]) => [name, value, causeKey(origin, pod)]),
    [usesIpv6(interfaceAddresses, false) ?? '', usesIpv6(interfaceAddresses, true) ?? ''],
    nameservers,
    version,
  ]);
}

/** Whether a rule or a setting of the run has its cause in the pod's own manifest. */
function mentions(value: unknown, pod: ObjectOrigin): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(item => mentions(item, pod));
  if ('kind' in value && 'object' in value && 'path' in value) {
    return isAbout(value as ObjectOrigin, pod);
  }
  return Object.values(value).some(item => mentions(item, pod));
}

/** By key; `undefined` where the pod's own manifest causes something, which differs from pod to pod. */
const known = new Map<string, IptablesRun | undefined>();
const knownLimit = 1000;

/**
 * The same as `runIptables`, once for all pods with the same words, variables and network: what a run of one pod says of
 * the causes holds for the others unless it names the pod.
 */
export function runOnce(input: IptablesRunInput, pod: Origin): IptablesRun {
  if (pod.kind !== 'object') return runIptables(input);
  const key = keyOf(input, pod);
  const found = known.get(key);
  if (found !== undefined) return found;
  const run = runIptables(input);
  if (known.size >= knownLimit) known.clear();
  known.set(key, mentions(run, pod) ? undefined : run);
  return run;
}
