import type { Mesh } from '../mesh';
import { alternativeOf, explore, type OpenTrace } from './alternatives/explore';
import { callerOf, stackOfCall } from './caller';
import { type PodResolution, resolveFromPod } from './dns/ask-from-pod';
import { type FoundAddress, findAddress } from './dns/find-address';
import { type Ended, finishTrace } from './finish-trace';
import { ruleThatDecides } from './kernel/address-decides';
import { dial } from './kernel/dial';
import { ambientNote } from './limits/ambient';
import { unreadKinds } from './limits/unread-kinds';
import type { SimulateOptions } from './options';
import type { PodStack, ProcessIdentity } from './pod/pod-stack';
import { startRecording } from './record/recorder';
import type { Run } from './run';
import type { Call, Trace } from './trace';
import type { Exchange } from './wire/exchange';
import { type Payload, payloadOf } from './wire/payload';

function startRun(
  mesh: Mesh,
  call: Call,
  options: SimulateOptions,
  { recorder, placeholders }: Pick<Run, 'recorder' | 'placeholders'>,
): Run {
  const run: Run = {
    mesh,
    call,
    options,
    recorder,
    placeholders,
    dial: connection => dial(run, connection),
    asRunning: () => startRun(mesh, call, { ...options, proxyState: 'running' }, run),
    resolve: (from, owner, name, family) => {
      const resolution = resolveFromPod(mesh, options, from, owner, name, family);
      noteRefusal(run, name, resolution);
      return resolution;
    },
  };
  return run;
}

/** A proxy that cannot ask for a name. */
function noteRefusal({ recorder }: Run, name: string, resolution: PodResolution): void {
  const { refusal, assumptions = [] } = resolution;
  for (const item of assumptions) recorder.assume(item);
  if (refusal === undefined) return;
  if (refusal.kind === 'unknown') recorder.end('undetermined');
  const message = `the proxy cannot look up \`${name.replace(/\.$/, '')}\`: ${refusal.message}`;
  recorder.block(refusal.reason, message, refusal.origin, refusal.packet);
}

/** Whether the call is redirected depends on an address that nobody gives. */
function isUndecided(
  run: Run,
  stack: PodStack,
  owner: ProcessIdentity,
  found: FoundAddress,
): boolean {
  if (found.kind !== 'address' || found.assumed !== true) return false;
  const { to, port, protocol } = run.call;
  const transport = protocol === 'udp' ? 'udp' : 'tcp';
  const { address } = found;
  const rule = ruleThatDecides(stack, owner, { protocol: transport, port, address });
  if (rule === undefined) return false;
  const message = `whether \`${to}\` is redirected depends on its address, which is not given: ${rule.text}`;
  run.recorder.end('undetermined');
  run.recorder.block('address-not-given', message, rule.origin);
  return true;
}

/** A connection of the calling process. */
function connect(
  run: Run,
  from: PodStack,
  owner: ProcessIdentity,
  to: { readonly destination: string; readonly payload: Payload },
): Exchange {
  const { call } = run;
  return dial(run, {
    from,
    owner,
    ...(call.bind !== undefined && { source: call.bind }),
    protocol: call.protocol === 'udp' ? 'udp' : 'tcp',
    destination: to.destination,
    port: call.port,
    payload: to.payload,
    own: true,
    depth: 0,
  });
}

function fromPod(run: Run, stack: PodStack, payload: Payload): Ended {
  const { recorder, call } = run;
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
  const found = findAddress(run, stack, caller);
  const to = { destination: found.address, payload };
  if (found.kind === 'undecided') {
    recorder.permit(() => connect(run, stack, identity, to));
    return { call, payload, exchange: { kind: 'unknown' } };
  }
  const dns = found.dns === undefined ? {} : { dns: found.dns };
  if (found.kind === 'failed') {
    recorder.permit(() => connect(run.asRunning(), stack, identity, to));
    return { call, payload, ...dns };
  }
  if (isUndecided(run, stack, identity, found)) {
    recorder.permit(() => connect(run, stack, identity, to));
    return { call, payload, exchange: { kind: 'unknown' } };
  }
  return { call, payload, exchange: connect(run, stack, identity, to), ...dns };
}

function fromOutside(run: Run, outside: string, payload: Payload): Ended {
  const { call } = run;
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
  const { recorder, mesh } = run;
  if (stack === undefined) {
    recorder.end('not-running');
    recorder.block('pod-not-running', 'there is no such workload in the input');
    return true;
  }
  for (const assumption of stack.assumptions) recorder.assume(assumption);
  recorder.ignored(ambientNote(mesh, stack));
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

/** An answer that rests on kinds that could not be read is none. */
function noteUnread({ mesh, recorder }: Run): void {
  const kinds = unreadKinds(mesh);
  if (kinds.length === 0) return;
  recorder.end('undetermined');
  const message = `the source was not allowed to read ${kinds.join(', ')}`;
  recorder.block('no-permission', message, { kind: 'option', option: 'unreadKinds' });
}

/** One way of the call, with the choices that were open. */
function simulateWay(mesh: Mesh, call: Call, options: SimulateOptions): OpenTrace {
  const recorder = startRecording(options.firstBlockOnly !== true);
  const run = startRun(mesh, call, options, { recorder, placeholders: new Set() });
  const payload = payloadOf(call);
  const stack = stackOfCall(mesh, call);
  noteUnread(run);
  const ended =
    noPod(run, stack) || stack === undefined
      ? { call, payload }
      : 'outside' in call.from
        ? fromOutside(run, call.from.outside, payload)
        : fromPod(run, stack, payload);
  const { alternatives, choices } = run.recorder.recording();
  const trace = finishTrace(mesh, run.recorder, ended);
  return { trace, clusters: alternatives, endpoints: choices };
}

/** The way that is shown, and every way there is when the choice is not made by the options. */
function ways(mesh: Mesh, call: Call, options: SimulateOptions) {
  const way = (chosen: SimulateOptions) => simulateWay(mesh, call, chosen);
  const shown = way(options);
  const all = options.endpoint === undefined ? explore(shown, options, way) : [];
  return { shown: shown.trace, all };
}

/** A trace for each way that the call may take: clusters of weighted routes, endpoints that differ. The heaviest first. */
export function simulateAll(
  mesh: Mesh,
  call: Call,
  options: SimulateOptions = {},
): readonly Trace[] {
  const { shown, all } = ways(mesh, call, options);
  return all.length < 2 ? [shown] : all.map(({ trace }) => trace);
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
  const { shown, all } = ways(mesh, call, options);
  if (all.length < 2) return shown;
  const differs = all.some(({ endpoint }) => endpoint !== undefined);
  return {
    ...shown,
    reasons: differs ? [...shown.reasons, 'endpoints-differ'] : shown.reasons,
    alternatives: all.map(alternativeOf),
  };
}
