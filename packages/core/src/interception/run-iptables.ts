import { compileConfig } from './compile-config';
import { type Argument, readCommandLine } from './options/command-line';
import type { InterceptionConfig } from './options/config';
import { type Environment, readEnvironment } from './options/environment';
import type { InterceptionError } from './options/interception-error';
import type { Settings } from './options/option';
import type { PodNetwork } from './options/pod-network';
import { resolveConfig } from './options/resolve-config';
import { type PolicyRouting, policyRouting } from './policy-routing';
import type { InterceptionScript } from './script';
import type { InterceptionVersion } from './versions';

/** What one run of istio-iptables does before the kernel's tools judge the text. */
export type IptablesRun =
  | {
      readonly kind: 'script';
      readonly script: InterceptionScript;
      /** What the text was made from; with `ipv6` the program also adds ::6/128 to lo. */
      readonly config: InterceptionConfig;
      readonly routing: PolicyRouting;
    }
  | { readonly kind: 'skipped' }
  | InterceptionError;

/** What decides a run. */
export interface IptablesRunInput {
  readonly words: readonly Argument[];
  readonly environment: Environment;
  readonly network: PodNetwork;
  readonly version: InterceptionVersion;
}

/** `pilot-agent istio-iptables WORDS` with an environment, in a pod's network namespace that has no rules yet. */
export function runIptables(input: IptablesRunInput): IptablesRun {
  const commandLine = readCommandLine(input.words, input.version);
  if ('kind' in commandLine) return commandLine;
  const settings = new Map([...readEnvironment(input.environment, input.version), ...commandLine]);
  return programRules(settings, input.network, input.version);
}

/** The part that istio-init and the CNI plugin share. */
export function programRules(
  settings: Settings,
  network: PodNetwork,
  version: InterceptionVersion,
): IptablesRun {
  const resolved = resolveConfig(settings, network, version);
  if (resolved.kind !== 'config') return resolved;
  const { config } = resolved;
  return {
    kind: 'script',
    script: compileConfig(config),
    config,
    routing: policyRouting(config),
  };
}
