import type { Origin } from '../../origin';
import type { Argument } from '../options/command-line';
import type { Setting } from '../options/option';
import { helmSetting, helmTruth } from '../pod/helm-values';
import type { InterceptionInput } from '../pod/pod-input';
import type { TemplateFacts } from './template';

const fixed: Origin = { kind: 'default', default: 'injection template=sidecar' };

/** The arguments of istio-init or istio-validation in the template's order, before they are read back from YAML. */
export function initArguments(
  input: InterceptionInput,
  { options, ids, version }: TemplateFacts,
  cni: boolean,
): readonly Argument[] {
  const { helm } = input;
  const uid = options.mode.value === 'TPROXY' ? 1337 : ids.uid;
  const user: Setting = { value: String(uid), origin: userOrigin(uid) };
  return [
    { text: 'istio-iptables', origin: fixed },
    ...flag('-p', port(input, 'proxyListenPort', 15001)),
    ...flag('-z', port(input, 'proxyInboundListenPort', 15006)),
    ...flag('-u', user),
    ...flag('-m', options.mode),
    ...flag('-i', options.includeRanges),
    ...flag('-x', options.excludeRanges),
    ...flag('-b', options.includeInboundPorts),
    ...flag('-d', withFixedPorts(options.excludeInboundPorts)),
    ...flag('-q', options.includeOutboundPorts),
    ...flag('-o', options.excludeOutboundPorts),
    ...flag('-k', options.virtualInterfaces),
    ...flag('-c', options.excludedInterfaces),
    logLevel(input),
    ...word('--log_as_json', helmTruth(helm, 'global.logAsJson')),
    ...word('--run-validation', cni),
    ...word('--skip-rule-apply', cni),
    ...word('--force-apply', !cni && helmTruth(helm, 'global.proxy_init.forceApplyIptables')),
    ...native(input, version.nativeNftables),
  ];
}

function flag(name: string, setting: Setting | undefined): readonly Argument[] {
  if (setting === undefined) return [];
  const { value, origin } = setting;
  return [
    { text: name, origin },
    { text: value, origin },
  ];
}

function word(text: string, present: boolean): readonly Argument[] {
  return present ? [{ text, origin: fixed }] : [];
}

function native(input: InterceptionInput, known: boolean): readonly Argument[] {
  const path = 'global.nativeNftables';
  if (!known || !helmTruth(input.helm, path)) return [];
  return [{ text: '--native-nftables', origin: helmSetting(input.helm, path).origin }];
}

function userOrigin(uid: number): Origin {
  return uid === 1337
    ? { kind: 'default', default: 'proxy uid=1337' }
    : { kind: 'default', default: `proxy uid=${uid} of the namespace's range` };
}

/** 0 in the mesh configuration means the default. */
function port(
  input: InterceptionInput,
  name: 'proxyListenPort' | 'proxyInboundListenPort',
  fallback: number,
): Setting {
  const { meshConfig } = input;
  return { value: String(meshConfig[name] || fallback), origin: meshConfig.origin(name) };
}

function withFixedPorts({ value, origin }: Setting): Setting {
  return { value: value === '' ? '15090,15021' : `15090,15021,${value}`, origin };
}

function logLevel(input: InterceptionInput): Argument {
  const name = 'sidecar.istio.io/agentLogLevel';
  const { annotations, origin } = input.pod;
  if (Object.hasOwn(annotations, name)) {
    return {
      text: `--log_output_level=${annotations[name] ?? ''}`,
      origin: origin(`metadata.annotations.${name}`),
    };
  }
  const level = helmSetting(input.helm, 'global.logging.level');
  return { text: `--log_output_level=${level.value}`, origin: level.origin };
}
