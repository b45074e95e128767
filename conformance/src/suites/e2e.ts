import {
  type Call,
  findWorkload,
  type Mesh,
  type Reached,
  type Symptom,
  simulate,
  type Trace,
  type World,
} from '@sidetrace/core';
import { recordedMeshes } from '../recorded-mesh';
import type { Answer, JsonObject, Suite } from '../suite';

interface RecordedCall {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'http' | 'https' | 'tcp' | 'udp';
  readonly host?: string;
  readonly sni?: string | null;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly httpVersion?: '1.0' | '1.1' | '2';
  readonly absoluteForm?: boolean;
  readonly connectVia?: string;
  readonly serverFirst?: boolean;
  readonly insecure?: boolean;
  readonly mtls?: boolean;
  readonly alpn?: readonly string[];
  readonly from?: string;
  readonly bind?: string;
  readonly family?: 4 | 6;
  readonly waitSeconds?: number;
}

interface Question {
  readonly mesh: string;
  readonly pod: { readonly namespace: string; readonly name: string };
  readonly process: { readonly uid: number; readonly gid: number };
  readonly proxyState: 'running' | 'not-started' | 'stopped';
  readonly call: RecordedCall;
}

interface RecordedWorld {
  readonly dns: Readonly<Record<string, readonly string[]>>;
  readonly meshDns: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly refusingAddresses: readonly string[];
  readonly silentAddresses: readonly string[];
  readonly serverFirstPorts: Readonly<Record<string, string>>;
  readonly tlsOnlyPorts: readonly number[];
  readonly udpPorts: readonly number[];
  readonly appPorts: Readonly<Record<string, readonly (readonly [number, string])[]>>;
}

/** Certificates and paths as the suite's README describes the servers of its world. */
const servers: World = {
  certificates: [
    { host: 'expired.*', issuer: 'public', expired: true },
    { host: 'selfsigned.*', issuer: 'self' },
    { host: 'wronghost.*', issuer: 'public', names: ['other.remote.test'] },
    { host: '*.internal', issuer: 'private' },
    { host: '*', issuer: 'public' },
  ],
  trust: { system: ['public'], '/etc/certs/private-ca.pem': ['private'] },
  statusPath: '/status/',
  slowPaths: { '/slow': 2.5 },
  allocatedAddressesAnswer: true,
  otherNames: 'nxdomain',
  otherPods: 'servers',
  withoutKubeProxy: true,
};

function worldOf(recorded: RecordedWorld, mesh: string): World {
  const appPorts = recorded.appPorts[mesh];
  return {
    ...servers,
    dns: { ...recorded.dns, ...recorded.meshDns[mesh] },
    refusingAddresses: recorded.refusingAddresses,
    silentAddresses: recorded.silentAddresses,
    tlsOnlyPorts: recorded.tlsOnlyPorts,
    serverFirstPorts: Object.keys(recorded.serverFirstPorts).map(Number),
    udpPorts: recorded.udpPorts,
    ...(appPorts !== undefined && {
      appPorts: appPorts.map(([port, address]) => ({ port, address })),
    }),
  };
}

function callOf(question: Question, mesh: Mesh): Call | undefined {
  const { pod, process, call } = question;
  const workload = findWorkload(mesh, `${pod.namespace}/${pod.name}`);
  if (workload === undefined) return undefined;
  const { from, address, sni, host, ...same } = call;
  return {
    ...same,
    from: from === undefined ? workload.ref : { outside: from },
    pod: pod.name,
    uid: process.uid,
    gid: process.gid,
    to: address,
    sni: sni ?? '',
    ...(host !== undefined && { host }),
  };
}

const orNull = <T>(value: T | undefined): T | null => value ?? null;

function reachedAnswer(reached: Reached | undefined): JsonObject | null {
  return reached === undefined ? null : { ...reached };
}

/** The suite lists the lines of outbound listeners before those of inbound ones. */
const firstLine = ({ accessLog }: Trace) =>
  accessLog.find(({ direction }) => direction === 'outbound') ?? accessLog[0];

function answerOf(trace: Trace): JsonObject {
  const { symptom } = trace;
  const line = firstLine(trace);
  const { dns, http, proxyStatus }: Symptom = symptom;
  return {
    symptom: symptom.code,
    dns: orNull(dns),
    connect: orNull(symptom.connect),
    tls: orNull(symptom.tls),
    http: orNull(http),
    tcp: orNull(symptom.tcp),
    udp: orNull(symptom.udp),
    proxy: proxyStatus === undefined ? null : { status: proxyStatus },
    reached: reachedAnswer(symptom.reached),
    captured: orNull(symptom.captured),
    via: symptom.via,
    envoyCluster: orNull(line?.cluster),
    envoyRoute: orNull(line?.route),
    responseFlags: orNull(line?.responseFlags),
  };
}

/** What an application in a pod sees of one call. */
export const e2e: Suite = {
  name: 'e2e',
  open: context => {
    const meshOf = recordedMeshes(context);
    const recorded = JSON.parse(context.readText('world.json')) as RecordedWorld;
    return (input): Answer => {
      const question = input as unknown as Question;
      const name = question.mesh.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
      const mesh = meshOf(name);
      const call = callOf(question, mesh);
      if (call === undefined) return { answer: null, why: 'the pod is not in the mesh' };
      const trace = simulate(mesh, call, {
        world: worldOf(recorded, name),
        proxyState: question.proxyState,
      });
      return { answer: answerOf(trace) };
    };
  },
};
