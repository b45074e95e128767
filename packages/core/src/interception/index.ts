export { compileConfig, scriptText } from './compile-config';
export type { Argument } from './options/command-line';
export type { InterceptionConfig } from './options/config';
export type { Environment } from './options/environment';
export type {
  InterceptionError,
  InterceptionErrorCode,
  InterceptionStage,
} from './options/interception-error';
export type { Setting, Settings } from './options/option';
export type { DnsServers, PodNetwork } from './options/pod-network';
export type { PolicyRouting } from './policy-routing';
export { type IptablesRun, programRules, runIptables } from './run-iptables';
export type { InterceptionScript, ScriptLine } from './script';
export { type InterceptionVersion, interceptionVersion } from './versions';
