import type { Mesh } from '../mesh';
import { ipFamily, parseIp } from '../net';
import { type Caller, callerOf, stackOfCall } from './caller';
import { type PodResolution, resolveFromPod } from './dns/ask-from-pod';
import { type Ended, finishTrace } from './finish-trace';
import { dial } from './kernel/dial';
import type { SimulateOptions } from './options';
import type { PodStack } from './pod/pod-stack';
import { type Recorder, startRecording } from './record/recorder';
import type { Run } from './run';
import type { DnsSymptom } from './symptom';
import type { Call, Trace } from './trace';
import { type Payload, payloadOf } from './wire/payload';

/** A public address (RFC 5737, TEST-NET-3) for a name of which nobody says where it points. */
const assumedPublicAddress = '203.0.113.1';

function startRun(mesh: Mesh, options: SimulateOptions, recorder: Recorder): Run {
  const run: Run = {
    mesh,
    options,
    recorder,
    dial: connection => dial(run, connection),
    asRunning: () => startRun(mesh, { ...options, proxyState: 'running' }, recorder),
    resolve: (from, owner, name, family) =>
      resolveFromPod(mesh, options, from, owner, name, family),
  };
  return run;
}

function recordResolution(run: Run, name: string, resolution: PodResolution): void {
  const { nameserver, captured, result, addresses, asked, origin } = resolution;
  const who = captured ? 'the agent (DNS capture)' : `the DNS server ${nameserver}`;
  run.recorder.step({
    kind: 'resolve',
    lane: captured ? 'envoy' : 'outside',
    title: `${who} answers \`${name}\`: ${result === 'ok' ? addresses.join(', ') : result}`,
    ...(asked.length > 1 && {
      candidates: asked
        .slice(0, -1)
        .map(item => ({ name: item.name, matched: [], failed: [item.reply] })),
    }),
    ...(origin !== undefined && { origin }),
    ...(result !== 'ok' && result !== 'unknown' && { blocks: true }),
  });
}

type Found =
  | { readonly kind: 'address'; readonly address: string; readonly dns?: DnsSymptom }
  | { readonly kind: 'failed'; readonly dns: DnsSymptom };

/** Where the host of a ServiceEntry with addresses is taken to live, when nobody says. */
function entryAddress(mesh: Mesh, name: string): string | undefined {
  const lower = name.toLowerCase();
  const service = mesh.services.find(
    ({ registry, hostname }) => registry === 'external' && hostname.toLowerCase() === lower,
  );
  const address = service?.defaultAddress;
  return address === undefined || address === '0.0.0.0' || address.includes('/')
    ? undefined
    : address;
}

function assumeAddress(run: Run, name: string): Found {
  const given = entryAddress(run.mesh, name);
  const address = given ?? assumedPublicAddress;
  const message =
    given === undefined
      ? `\`${name}\` resolves to a public address outside of every range that the mesh names`
      : `\`${name}\` resolves to ${address}, the address in its ServiceEntry`;
  run.recorder.assume({ code: 'address-assumed', message });
  return { kind: 'address', address, dns: { result: 'ok', addresses: [address] } };
}

function findAddress(run: Run, call: Call, stack: PodStack, caller: Caller): Found {
  if (parseIp(call.to) !== undefined) return { kind: 'address', address: call.to };
  if (call.address !== undefined) {
    return {
      kind: 'address',
      address: call.address,
      dns: { result: 'ok', addresses: [call.address] },
    };
  }
  const family = call.family ?? (stack.ips[0] === undefined ? 4 : ipFamily(stack.ips[0]));
  const { mesh, options, recorder } = run;
  const resolution = resolveFromPod(mesh, options, stack, caller.identity, call.to, family);
  recordResolution(run, call.to, resolution);
  const { result, addresses } = resolution;
  const [address] = addresses;
  if (result === 'ok' && address !== undefined)
    return { kind: 'address', address, dns: { result, addresses } };
  if (result === 'unknown') return assumeAddress(run, call.to);
  recorder.end('not-sent');
  const down = result === 'timeout';
  recorder.block(
    down ? 'dns-proxy-not-running' : 'name-not-resolved',
    down
      ? 'DNS queries are redirected to the agent, which is not running'
      : `\`${call.to}\` does not resolve in this pod`,
  );
  return { kind: 'failed', dns: { result, addresses } };
}

function fromPod(run: Run, call: Call, stack: PodStack, payload: Payload): Ended {
  const { recorder } = run;
  const caller = callerOf(call, stack);
  const { identity, container } = caller;
  const who = container === undefined ? 'process' : `container ${container}`;
  recorder.open({
    place: 'process',
    role: 'endpoint',
    title: `${who} (uid ${identity.uid}, gid ${identity.gid}) of ${stack.namespace}/${stack.name}`,
    identity,
  });
  if (caller.assumed) {
    const message = `the process runs as uid ${identity.uid}, not as the user of the proxy`;
    recorder.assume({ code: 'uid-assumed', message });
  }
  const found = findAddress(run, call, stack, caller);
  const connect = (at: Run, destination: string) =>
    dial(at, {
      from: stack,
      owner: identity,
      ...(call.bind !== undefined && { source: call.bind }),
      protocol: call.protocol === 'udp' ? 'udp' : 'tcp',
      destination,
      port: call.port,
      payload,
      own: true,
      depth: 0,
    });
  if (found.kind === 'failed') {
    const address = entryAddress(run.mesh, call.to) ?? assumedPublicAddress;
    recorder.permit(() => connect(run.asRunning(), address));
    return { call, payload, dns: found.dns };
  }
  const exchange = connect(run, found.address);
  return { call, payload, exchange, ...(found.dns !== undefined && { dns: found.dns }) };
}

function fromOutside(run: Run, call: Call, outside: string, payload: Payload): Ended {
  run.recorder.open({ place: 'process', role: 'endpoint', title: `caller ${outside}` });
  const exchange = dial(run, {
    source: outside,
    protocol: call.protocol === 'udp' ? 'udp' : 'tcp',
    destination: call.address ?? call.to,
    port: call.port,
    payload,
    own: true,
    depth: 0,
  });
  return { call, payload, exchange };
}

function noPod(run: Run, stack: PodStack | undefined): boolean {
  const { recorder } = run;
  if (stack === undefined) {
    recorder.end('not-running');
    recorder.block('pod-not-running', 'there is no such workload in the input');
    return true;
  }
  for (const assumption of stack.assumptions) recorder.assume(assumption);
  if (stack.notRunning !== undefined) {
    recorder.end('not-running');
    recorder.block('pod-not-running', stack.notRunning.message, stack.notRunning.origin);
    return true;
  }
  if (stack.unknown !== undefined) {
    recorder.end('undetermined');
    const message = `whether the pod has a sidecar is not known: the input lacks the ${stack.unknown}`;
    recorder.block('injection-unknown', message, stack.workload.origin);
    return true;
  }
  return false;
}

/**
 * What happens to one call: resolver, kernel, Envoy, the kernel again, the next pod or the outside, and what the
 * application sees. Never throws on user input; equal arguments give equal traces.
 *
 * ```ts
 * simulate(mesh, { from: workload, to: 'api.example.com', port: 443, protocol: 'https' }).symptom.code; // 'tls:closed'
 * ```
 */
export function simulate(mesh: Mesh, call: Call, options: SimulateOptions = {}): Trace {
  const run = startRun(mesh, options, startRecording());
  const payload = payloadOf(call);
  const stack = stackOfCall(mesh, call);
  if (noPod(run, stack) || stack === undefined)
    return finishTrace(mesh, run.recorder, { call, payload });
  const ended =
    'outside' in call.from
      ? fromOutside(run, call, call.from.outside, payload)
      : fromPod(run, call, stack, payload);
  return finishTrace(mesh, run.recorder, ended);
}
