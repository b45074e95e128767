import { findWorkload, type Mesh } from '../../mesh';
import {
  differenceFrom,
  type PublishedPath,
  publishedPaths,
  type TrafficCall,
  trafficCalls,
} from '../../traffic';
import type { SimulateOptions } from '../options';
import { stacksOf } from '../pod/build-stack';
import type { PodStack, ProcessIdentity } from '../pod/pod-stack';
import { simulate } from '../simulate';
import type { Call, Trace, WorkloadRef } from '../trace';
import { checkpointsOf, envoysOf, outputRulesOf } from './checkpoints';
import { pathSettings } from './path-settings';
import type { PathCase, TrafficPath } from './traffic-path';

/** A neighbour that calls the pod; any address outside of it does (RFC 5737, TEST-NET-2). */
const neighbour = '198.51.100.9';

const proxyUser: ProcessIdentity = { uid: 1337, gid: 1337 };

function callFor(stack: PodStack, call: TrafficCall): Call {
  const { address, port, protocol, path } = call;
  const own = call.from === 'proxy' || call.from === 'agent';
  const identity = own ? (stack.proxy?.user ?? proxyUser) : undefined;
  return {
    from: call.from === 'outside' ? { outside: neighbour } : stack.workload.ref,
    ...(call.from !== 'outside' && { pod: stack.name }),
    ...(identity !== undefined && { uid: identity.uid, gid: identity.gid }),
    to: address,
    port,
    protocol,
    ...(call.host !== undefined && {
      host: call.host,
      ...(protocol === 'https' && { sni: call.host }),
    }),
    ...(path !== undefined && { path }),
  };
}

const times = ['not at all', 'once', 'twice', 'three times'];

function answerFor(trace: Trace, envoys: number): string {
  const { disposition, symptom, bypass } = trace;
  if (disposition === 'not-running') return 'the pod does not run';
  if (disposition === 'undetermined') return 'cannot be told';
  if (symptom.captured?.startsWith('dns:') === true)
    return 'redirected to the agent, which answers DNS';
  if (envoys > 0) return `through Envoy, ${times[envoys] ?? `${envoys} times`}`;
  if (symptom.via === 'envoy') return 'answered by a listener of Envoy itself';
  return bypass === undefined ? 'direct' : 'direct, Envoy does not see it';
}

function caseFor(
  mesh: Mesh,
  stack: PodStack,
  call: TrafficCall,
  context: { readonly kind: PublishedPath['kind']; readonly options: SimulateOptions },
): PathCase {
  const trace = simulate(mesh, callFor(stack, call), context.options);
  const throughEnvoy = envoysOf(trace);
  const user = stack.proxy?.user ?? proxyUser;
  const note = differenceFrom({
    kind: context.kind,
    outputRules: outputRulesOf(trace),
    throughEnvoy,
    proxyUid: user.uid,
    proxyGid: user.gid,
    mode: stack.proxy?.proxy.interceptionMode ?? 'NONE',
    dnsCapture: stack.proxy?.dnsCapture ?? false,
    classicChain: stack.rules !== undefined,
    captured: trace.symptom.captured !== undefined,
    endsInEnvoy: throughEnvoy > 0 && trace.symptom.reached === undefined,
    destination: call.address,
  });
  return {
    title: call.title,
    answer: answerFor(trace, throughEnvoy),
    throughEnvoy,
    trace,
    checkpoints: checkpointsOf(trace),
    ...(note !== undefined && { note }),
  };
}

function pathFor(
  mesh: Mesh,
  stack: PodStack,
  published: PublishedPath,
  options: SimulateOptions,
): TrafficPath {
  const { kind, title, meaning, checkpoints } = published;
  const calls = trafficCalls(kind, pathSettings(mesh, stack));
  const cases = calls.map(call => caseFor(mesh, stack, call, { kind, options }));
  const [main] = cases;
  const without = stack.notRunning?.message ?? stack.notCaptured?.message;
  return {
    kind,
    title,
    meaning,
    answer: main?.answer ?? 'no such call',
    published: checkpoints,
    ...(main?.note !== undefined && { note: main.note }),
    cases,
    ...(without !== undefined && { withoutSidecar: without }),
    workload: stack.workload.ref,
  };
}

/**
 * The six kinds of traffic of a workload, each computed from its own rules and configuration, with a note where it
 * differs from the published description of the nine-rule chain. Empty when there is no such workload.
 */
export function trafficPaths(
  mesh: Mesh,
  workload: WorkloadRef,
  options: SimulateOptions = {},
): readonly TrafficPath[] {
  const found = findWorkload(mesh, workload);
  const stack = found === undefined ? undefined : stacksOf(mesh, found)[0];
  if (stack === undefined) return [];
  return publishedPaths.map(published => pathFor(mesh, stack, published, options));
}
