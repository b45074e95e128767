import { parseBool } from '../options/parse-bool';
import { findContainer, type InjectedPod } from '../pod/injected-pod';
import type { InterceptionInput } from '../pod/pod-input';
import { type IptablesRun, programRules } from '../run-iptables';
import { interceptionVersion } from '../versions';
import { type CniFailure, lastProxy, pluginDefault, readSettings, variable } from './cni-settings';

/** Why the plugin leaves a pod alone. Closed and stable. */
export type CniSkipCode =
  | 'excluded-namespace'
  | 'istio-init-present'
  | 'envoy-disabled'
  | 'no-proxy-container'
  | 'not-a-sidecar'
  | 'inject-refused'
  | 'no-injection-status';

export type CniOutcome =
  | { readonly kind: 'skipped'; readonly code: CniSkipCode }
  | CniFailure
  | { readonly kind: 'programmed'; readonly run: IptablesRun };

/** The CNI plugin's ADD for a pod with injection done (`cni/pkg/plugin/plugin.go:doAddRun`). */
export function runCniPlugin(pod: InjectedPod, input: InterceptionInput): CniOutcome {
  const code = skipCode(pod, input);
  if (code !== undefined) return { kind: 'skipped', code };
  const version = interceptionVersion(input.istioVersion);
  const settings = readSettings(pod, input, version);
  if ('kind' in settings) return settings;
  const run = programRules(settings, input.network, version);
  return run.kind === 'error'
    ? { kind: 'failed', message: run.message, origin: pluginDefault('rules') }
    : { kind: 'programmed', run };
}

function skipCode(pod: InjectedPod, input: InterceptionInput): CniSkipCode | undefined {
  if (input.cniExcludedNamespaces.includes(pod.namespace)) return 'excluded-namespace';
  if (findContainer(pod, 'istio-init') !== undefined) return 'istio-init-present';
  const proxy = lastProxy(pod);
  if (parseBool(variable(pod, 'DISABLE_ENVOY')?.value ?? '') === true) return 'envoy-disabled';
  if (proxy === undefined) return 'no-proxy-container';
  const [command, type] = proxy.args ?? [];
  if (command?.text === 'proxy' && type !== undefined && !['', 'sidecar'].includes(type.text)) {
    return 'not-a-sidecar';
  }
  const key = 'sidecar.istio.io/inject';
  const wish = Object.hasOwn(pod.labels, key) ? pod.labels[key] : pod.annotations.get(key)?.value;
  if (parseBool(wish ?? '') === false) return 'inject-refused';
  return pod.annotations.has('sidecar.istio.io/status') ? undefined : 'no-injection-status';
}
