export { compileConfig, scriptText } from './compile-config';
export type { Rejection, RejectionCode } from './injector/rejection';
export { type LoadedScript, loadScript, type ScriptPart } from './load-script';
export { interceptionBy, type RuleMaker } from './mesh/interception-by';
export {
  type InterceptionTarget,
  interceptionOf,
  type PodInterception,
} from './mesh/interception-of';
export { isInjectedAlready, isRunningPod } from './mesh/observed-injection';
export type { Argument } from './options/command-line';
export type { InterceptionConfig } from './options/config';
export type { Environment } from './options/environment';
export type {
  InterceptionError,
  InterceptionErrorCode,
  InterceptionStage,
} from './options/interception-error';
export { parsePrefix, prefixError } from './options/network-range';
export type { Setting, Settings } from './options/option';
export type { DnsServers, PodNetwork } from './options/pod-network';
export {
  compileInterception,
  type InterceptionMode,
  type InterceptionResult,
  type NotProgrammedCode,
  type ProxyExemption,
} from './pod/compile-interception';
export { type HelmValues, helmSetting, helmTruth, helmValue } from './pod/helm-values';
export { type ContainerIdentity, identitiesOf } from './pod/identities';
export type { InjectedContainer, InjectedPod } from './pod/injected-pod';
export type { InterceptionInput, NodeVersion, PodMetadata } from './pod/pod-input';
export { type ContainerStart, containerStarts, type StartPhase } from './pod/start-phases';
export type { PolicyRouting } from './policy-routing';
export { type IptablesRun, programRules, runIptables } from './run-iptables';
export type { InterceptionScript, ScriptLine } from './script';
export { type InterceptionVersion, interceptionVersion } from './versions';
