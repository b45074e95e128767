import type { Origin } from '../../origin';
import { type CniSkipCode, runCniPlugin } from '../cni/cni-plugin';
import { injectPod } from '../injector/inject-pod';
import type { Rejection } from '../injector/rejection';
import type { InterceptionConfig } from '../options/config';
import type { InterceptionErrorCode, InterceptionStage } from '../options/interception-error';
import type { PolicyRouting } from '../policy-routing';
import type { IptablesRun } from '../run-iptables';
import { runOnce } from '../run-once';
import type { InterceptionScript } from '../script';
import { interceptionVersion } from '../versions';
import { helmTruth } from './helm-values';
import { identitiesOf } from './identities';
import { type InjectedPod, podAsGiven } from './injected-pod';
import type { InterceptionInput } from './pod-input';
import { withPredictedOrigins } from './predicted-origins';

/** Who programs the rules. */
export type InterceptionMode = 'init' | 'cni' | 'none';

/** Why nothing is programmed for a pod that runs. Closed and stable. */
export type NotProgrammedCode =
  | 'not-injected'
  | 'interception-none'
  | 'no-init-container'
  | 'unknown-init-command'
  | 'rules-not-applied'
  | CniSkipCode;

/** Does the proxy's own uid or gid pass the rules? Absent when the image decides the id. */
export interface ProxyExemption {
  readonly byUid?: boolean;
  readonly byGid?: boolean;
}

/** What a pod's interception becomes. `pod` is the pod after injection. */
export type InterceptionResult =
  | Rejection
  | {
      readonly kind: 'not-programmed';
      readonly mode: 'none';
      readonly code: NotProgrammedCode;
      readonly pod: InjectedPod;
    }
  | {
      /** istio-init exits with an error, or the CNI plugin's ADD fails: the pod never starts. */
      readonly kind: 'failed';
      readonly mode: 'init' | 'cni';
      readonly stage: InterceptionStage | 'cni';
      readonly code: InterceptionErrorCode | 'cni-add-failed';
      readonly message: string;
      readonly origin?: Origin;
      readonly pod: InjectedPod;
    }
  | {
      readonly kind: 'programmed';
      readonly mode: 'init' | 'cni';
      readonly script: InterceptionScript;
      readonly config: InterceptionConfig;
      readonly routing: PolicyRouting;
      readonly proxyExempt: ProxyExemption;
      readonly pod: InjectedPod;
    };

/** From a pod and the settings that reach it to the text that is programmed, or what goes wrong and where. */
export function compileInterception(input: InterceptionInput): InterceptionResult {
  if (input.injection === 'not-injected') {
    const pod = podAsGiven(input.pod);
    return { kind: 'not-programmed', mode: 'none', code: 'not-injected', pod };
  }
  if (input.injection === 'as-is') {
    return program(withPredictedOrigins(podAsGiven(input.pod), input), input);
  }
  const injection = injectPod(input);
  if (injection.kind === 'rejected') return injection;
  return program(withStatus(injection.pod), input);
}

/** The injector leaves its mark on every pod that it changes. */
function withStatus(pod: InjectedPod): InjectedPod {
  const origin = { kind: 'default', default: 'injector status' } as const;
  const status = ['sidecar.istio.io/status', { value: '{}', origin }] as const;
  return { ...pod, annotations: new Map([...pod.annotations, status]) };
}

function program(pod: InjectedPod, input: InterceptionInput): InterceptionResult {
  const init = pod.initContainers.find(container => container.name === 'istio-init');
  if (usesCni(pod, input)) {
    const cni = runCniPlugin(pod, input);
    if (cni.kind === 'failed') {
      const { message, origin } = cni;
      const code = 'cni-add-failed';
      return { kind: 'failed', mode: 'cni', stage: 'cni', code, message, origin, pod };
    }
    if (cni.kind === 'programmed') return resultOf(cni.run, 'cni', pod);
    if (init === undefined) return { kind: 'not-programmed', mode: 'none', code: cni.code, pod };
  }
  if (init === undefined) return notProgrammed(pod);
  const [command, ...words] = init.args ?? [];
  if (command?.text !== 'istio-iptables') {
    return { kind: 'not-programmed', mode: 'none', code: 'unknown-init-command', pod };
  }
  const run = runOnce(
    {
      words,
      environment: new Map((init.env ?? []).map(variable => [variable.name, variable])),
      network: input.network,
      version: interceptionVersion(input.istioVersion),
    },
    input.pod.origin(''),
  );
  return resultOf(run, 'init', pod);
}

/** A pod from a cluster shows it by its containers; otherwise the chart's value says so. */
function usesCni(pod: InjectedPod, input: InterceptionInput): boolean {
  const has = (name: string) => pod.initContainers.some(container => container.name === name);
  if (input.injection === 'as-is' && (has('istio-init') || has('istio-validation'))) {
    return has('istio-validation');
  }
  return helmTruth(input.helm, 'pilot.cni.enabled');
}

function notProgrammed(pod: InjectedPod): InterceptionResult {
  const mode = pod.annotations.get('sidecar.istio.io/interceptionMode')?.value;
  const code = mode === 'NONE' ? 'interception-none' : 'no-init-container';
  return { kind: 'not-programmed', mode: 'none', code, pod };
}

function resultOf(run: IptablesRun, mode: 'init' | 'cni', pod: InjectedPod): InterceptionResult {
  switch (run.kind) {
    case 'error': {
      const { stage, code, message } = run;
      return { kind: 'failed', mode, stage, code, message, pod };
    }
    case 'skipped':
      return { kind: 'not-programmed', mode: 'none', code: 'rules-not-applied', pod };
    case 'script': {
      const { script, config, routing } = run;
      const proxyExempt = exemption(pod, config);
      return { kind: 'programmed', mode, script, config, routing, proxyExempt, pod };
    }
  }
}

function exemption(pod: InjectedPod, config: InterceptionConfig): ProxyExemption {
  const proxy = identitiesOf(pod).find(identity => identity.name === 'istio-proxy');
  const { except, values } = config.ownerGroups;
  const groups = [...config.proxyGids, ...(except ? values : [])];
  return {
    ...(proxy?.runAsUser !== undefined && {
      byUid: config.proxyUids.includes(String(proxy.runAsUser)),
    }),
    ...(proxy?.runAsGroup !== undefined && { byGid: groups.includes(String(proxy.runAsGroup)) }),
  };
}
