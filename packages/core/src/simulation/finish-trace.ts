import { isModelled, type Mesh } from '../mesh';
import type { Disposition, ReasonCode } from './codes';
import { routesBoundTo } from './limits/bound-routes';
import { nodeLocalNote } from './limits/node-local';
import type { Recorder, Recording } from './record/recorder';
import type { DnsSymptom, Symptom } from './symptom';
import { symptomWords } from './symptom-words';
import type { Call, Trace } from './trace';
import type { Exchange } from './wire/exchange';
import { experienceOf, symptomCode } from './wire/experience';
import type { Payload } from './wire/payload';

/** How long a client waits that does not say. */
const patience = 30;

function seenBy(call: Call, payload: Payload, exchange: Exchange | undefined) {
  if (exchange === undefined) return {};
  if (call.protocol !== 'udp') return experienceOf(payload, exchange, call.waitSeconds ?? patience);
  return { udp: exchange.kind === 'echo' ? ('echo' as const) : ('timeout' as const) };
}

export interface Ended {
  readonly call: Call;
  readonly payload: Payload;
  readonly dns?: DnsSymptom;
  readonly exchange?: Exchange;
}

function symptomOf(ended: Ended, recorder: Recorder): Symptom {
  const { call, payload, dns, exchange } = ended;
  const { accessLog, reached, captured, throughEnvoy } = recorder.recording();
  const seen = seenBy(call, payload, exchange);
  const named = { ...seen, ...(dns !== undefined && { dns }) };
  const code = symptomCode(named);
  const connected = exchange !== undefined && exchange.kind !== 'unreachable';
  const [log] = accessLog;
  return {
    ...named,
    code,
    summary: symptomWords(code, named),
    ...(reached !== undefined && { reached }),
    ...(captured !== undefined && { captured }),
    via: !connected ? 'none' : throughEnvoy ? 'envoy' : 'direct',
    ...(log?.cluster !== undefined && { cluster: log.cluster }),
    ...(log?.route !== undefined && { route: log.route }),
    ...(log?.responseFlags !== undefined && { responseFlags: log.responseFlags }),
  };
}

/** Host of a cluster of istiod: `outbound|443||pay.example`. */
const hostOfCluster = (cluster = '') => cluster.split('|')[3] ?? '';

/** What of the Services that Envoys called has no model. */
function unmodelledServices(mesh: Mesh, { from }: Call, { accessLog }: Recording) {
  const client = 'outside' in from ? '' : from.namespace;
  const hosts = new Set(accessLog.map(({ cluster }) => hostOfCluster(cluster)));
  return [...hosts].flatMap(host => [
    ...routesBoundTo(mesh, host, client),
    ...nodeLocalNote(mesh, host),
  ]);
}

function reasonsOf(mesh: Mesh, { reasons, unmodelled }: Recording): readonly ReasonCode[] {
  const filtered = unmodelled.some(({ object }) => object.kind === 'EnvoyFilter');
  return [
    ...reasons,
    ...(filtered ? (['envoy-filter-present'] as const) : []),
    ...(isModelled(mesh.istioVersion) ? [] : (['version-not-modelled'] as const)),
  ];
}

const nobodyCalls = 'no pod comes up that could make the call';

/** Puts the recording together with what the application saw. */
export function finishTrace(mesh: Mesh, recorder: Recorder, ended: Ended): Trace {
  const recording = recorder.recording();
  const fallback: Disposition =
    ended.exchange?.kind === 'unknown' ? 'undetermined' : 'upstream-failed';
  const flags = mesh.options.flags ?? {};
  const disposition = recording.disposition ?? fallback;
  const symptom = symptomOf(ended, recorder);
  return {
    call: ended.call,
    hops: recording.hops,
    disposition,
    reasons: reasonsOf(mesh, recording),
    blockers: recording.blockers,
    ...(recording.bypass !== undefined && { bypass: recording.bypass }),
    ...(recording.near.length > 0 && { near: recording.near }),
    symptom: disposition === 'not-running' ? { ...symptom, summary: nobodyCalls } : symptom,
    accessLog: recording.accessLog,
    assumptions: [...mesh.assumptions, ...recording.assumptions],
    unmodelled: [...recording.unmodelled, ...unmodelledServices(mesh, ended.call, recording)],
    istio: { version: mesh.istioVersion, flags },
  };
}
