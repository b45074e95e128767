import { hostSights, type Mesh, servicesNamed } from '../../mesh';
import { ipFamily, parseIp } from '../../net';
import type { Assumption } from '../../origin';
import type { Caller } from '../caller';
import type { PodStack } from '../pod/pod-stack';
import type { Refusal } from '../policies/judge-connection';
import type { Run } from '../run';
import type { DnsSymptom } from '../symptom';
import { type PodResolution, resolveFromPod } from './ask-from-pod';

/** A public address (RFC 5737, TEST-NET-3) for a name of which nobody says where it points. */
const assumedPublicAddress = '203.0.113.1';

export type FoundAddress =
  | {
      readonly kind: 'address';
      readonly address: string;
      readonly dns?: DnsSymptom;
      /** Nobody says where the name points. */
      readonly assumed?: true;
    }
  /** Whether it resolves cannot be told; `address` is where it would point. */
  | { readonly kind: 'undecided'; readonly address: string }
  /** The name does not resolve; `address` is where it would point. */
  | { readonly kind: 'failed'; readonly dns: DnsSymptom; readonly address: string };

function whoAnswers({ answeredBy, nameserver }: PodResolution): string {
  if (answeredBy === 'hosts-file') return '/etc/hosts';
  return answeredBy === 'agent' ? 'the agent (DNS capture)' : `the DNS server ${nameserver}`;
}

const laneOf = {
  'hosts-file': 'application',
  agent: 'envoy',
  'dns-server': 'outside',
} as const;

function recordResolution(run: Run, name: string, resolution: PodResolution): void {
  const { answeredBy, result, addresses, asked, origin, assumptions = [] } = resolution;
  for (const item of assumptions) run.recorder.assume(item);
  run.recorder.step({
    kind: 'resolve',
    lane: laneOf[answeredBy],
    title: `${whoAnswers(resolution)} answers \`${name}\`: ${result === 'ok' ? addresses.join(', ') : result}`,
    ...(asked.length > 1 && {
      candidates: asked
        .slice(0, -1)
        .map(item => ({ name: item.name, matched: [], failed: [item.reply] })),
    }),
    ...(origin !== undefined && { origin }),
    ...(result !== 'ok' && result !== 'unknown' && { blocks: true }),
  });
}

/** Where the host of a ServiceEntry with addresses is taken to live, when nobody says. */
function entryAddress(mesh: Mesh, host: string): string | undefined {
  const lower = host.toLowerCase();
  const service = servicesNamed(mesh, host).find(
    ({ registry, hostname }) => registry === 'external' && hostname.toLowerCase() === lower,
  );
  const address = service?.defaultAddress;
  return address === undefined || address === '0.0.0.0' || address.includes('/')
    ? undefined
    : address;
}

/** What a name is taken to resolve to that nobody who answers queries knows. */
export interface AssumedAddress {
  readonly address: string;
  /** False when the input says nothing of the name. */
  readonly given: boolean;
  readonly assumption: Assumption;
}

/** The address in the name's ServiceEntry, for pods that have a proxy; else a public one. */
export function assumedAddressOf(mesh: Mesh, name: string, hasProxy: boolean): AssumedAddress {
  const given = hasProxy ? entryAddress(mesh, name) : undefined;
  const message =
    given === undefined
      ? `\`${name}\` resolves to a public address outside of every range that the mesh names`
      : `\`${name}\` resolves to ${given}, the address in its ServiceEntry`;
  return {
    address: given ?? assumedPublicAddress,
    given: given !== undefined,
    assumption: { code: 'address-assumed', message },
  };
}

function assumeAddress(run: Run, stack: PodStack): FoundAddress {
  const hasProxy = stack.proxy !== undefined;
  const { address, given, assumption } = assumedAddressOf(run.mesh, run.call.to, hasProxy);
  run.recorder.assume(assumption);
  if (!given) run.placeholders.add(address);
  const dns = { result: 'ok', addresses: [address] } as const;
  return { kind: 'address', address, dns, ...(!given && { assumed: true }) };
}

/** The registry has the host, and without DNS capture that answers nobody's query. */
function isRegisteredOnly({ mesh, call }: Run, stack: PodStack, captured: boolean): boolean {
  if (captured || stack.proxy === undefined) return false;
  const sights = hostSights(mesh, stack.proxy.proxy, { host: call.to, port: call.port });
  return sights.some(({ sight }) => sight === 'used');
}

function fail(run: Run, stack: PodStack, resolution: PodResolution): FoundAddress {
  const { recorder, call } = run;
  const { result, addresses, captured } = resolution;
  recorder.end('not-sent');
  const down = result === 'timeout';
  recorder.block(
    down ? 'dns-proxy-not-running' : 'name-not-resolved',
    down
      ? 'DNS queries are redirected to the agent, which is not running'
      : `\`${call.to}\` does not resolve in this pod`,
  );
  if (!down && isRegisteredOnly(run, stack, captured)) recorder.reason('name-resolution-outside');
  const { address } = assumedAddressOf(run.mesh, call.to, stack.proxy !== undefined);
  return { kind: 'failed', dns: { result, addresses }, address };
}

/** A NetworkPolicy stands between the pod and its DNS server. */
function refuse(
  run: Run,
  stack: PodStack,
  { result, addresses, behind = [] }: PodResolution,
  { kind, reason, message, origin, packet }: Refusal,
): FoundAddress {
  const { recorder, call, mesh } = run;
  recorder.end(kind === 'denied' ? 'not-sent' : 'undetermined');
  recorder.block(reason, `\`${call.to}\` cannot be looked up: ${message}`, origin, packet);
  const assumed = assumedAddressOf(mesh, call.to, stack.proxy !== undefined);
  if (behind.length === 0 && !assumed.given) run.placeholders.add(assumed.address);
  const address = behind[0] ?? assumed.address;
  return kind === 'denied'
    ? { kind: 'failed', dns: { result, addresses }, address }
    : { kind: 'undecided', address };
}

/** The address that the application dials: as given, as resolved in the pod, else an assumed one. */
export function findAddress(run: Run, stack: PodStack, caller: Caller): FoundAddress {
  const { call, mesh, options } = run;
  if (parseIp(call.to) !== undefined) return { kind: 'address', address: call.to };
  if (call.address !== undefined) {
    const dns = { result: 'ok', addresses: [call.address] } as const;
    return { kind: 'address', address: call.address, dns };
  }
  const family = call.family ?? (stack.ips[0] === undefined ? 4 : ipFamily(stack.ips[0]));
  const resolution = resolveFromPod(mesh, options, stack, caller.identity, call.to, family);
  recordResolution(run, call.to, resolution);
  const { result, addresses, refusal } = resolution;
  if (refusal !== undefined) return refuse(run, stack, resolution, refusal);
  const [address] = addresses;
  if (result === 'ok' && address !== undefined)
    return { kind: 'address', address, dns: { result, addresses } };
  return result === 'unknown' ? assumeAddress(run, stack) : fail(run, stack, resolution);
}
