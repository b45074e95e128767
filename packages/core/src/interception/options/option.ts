import type { Origin } from '../../origin';

/** Every flag of `pilot-agent istio-iptables` that decides a rule or ends the program (tools/istio-iptables/pkg/cmd/root.go). */
export type OptionName =
  | 'envoy-port'
  | 'inbound-capture-port'
  | 'inbound-tunnel-port'
  | 'proxy-uid'
  | 'proxy-gid'
  | 'istio-inbound-interception-mode'
  | 'istio-inbound-ports'
  | 'istio-local-exclude-ports'
  | 'istio-exclude-interfaces'
  | 'istio-service-cidr'
  | 'istio-service-exclude-cidr'
  | 'istio-outbound-ports'
  | 'istio-local-outbound-ports-exclude'
  | 'kube-virt-interfaces'
  | 'istio-inbound-tproxy-mark'
  | 'istio-inbound-tproxy-route-table'
  | 'dry-run'
  | 'iptables-probe-port'
  | 'probe-timeout'
  | 'skip-rule-apply'
  | 'run-validation'
  | 'redirect-dns'
  | 'drop-invalid'
  | 'dual-stack'
  | 'capture-all-dns'
  | 'network-namespace'
  | 'cni-mode'
  | 'reconcile'
  | 'cleanup-only'
  | 'force-apply'
  | 'native-nftables'
  | 'force-iptables-binary';

/** Options that only the environment carries (tools/istio-iptables/pkg/constants). */
export type EnvironmentOptionName =
  | 'ISTIO_OUTBOUND_OWNER_GROUPS'
  | 'ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE'
  | 'ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR';

/** A value as text, and what gave it. Booleans are `true` or `false` once they are read. */
export interface Setting {
  readonly value: string;
  readonly origin: Origin;
}

/** The options that were given, by command line, environment or the CNI plugin; the rest have their defaults. */
export type Settings = ReadonlyMap<OptionName | EnvironmentOptionName, Setting>;

export type ValueKind = 'text' | 'bool' | 'uint16' | 'duration';

export interface OptionSpec {
  readonly name: OptionName;
  readonly shorthand?: string;
  readonly kind: ValueKind;
  readonly fallback: string;
  /** Variables that set it, in the order they are read: the last one wins. */
  readonly variables: readonly string[];
}

function spec(
  name: OptionName,
  kind: ValueKind,
  fallback: string,
  more: { shorthand?: string; alias?: string; environment?: false } = {},
): OptionSpec {
  const own = name.toUpperCase().replaceAll('-', '_');
  const variables = more.environment === false ? [] : [own, ...(more.alias ? [more.alias] : [])];
  return {
    name,
    kind,
    fallback,
    variables,
    ...(more.shorthand !== undefined && { shorthand: more.shorthand }),
  };
}

/** The flags in the order the program binds them. Only the port of Envoy cannot come from the environment. */
export const optionSpecs: readonly OptionSpec[] = [
  spec('envoy-port', 'text', '15001', { shorthand: 'p', environment: false }),
  spec('inbound-capture-port', 'text', '15006', { shorthand: 'z' }),
  spec('inbound-tunnel-port', 'text', '15008', { shorthand: 'e' }),
  spec('proxy-uid', 'text', '', { shorthand: 'u' }),
  spec('proxy-gid', 'text', '', { shorthand: 'g' }),
  spec('istio-inbound-interception-mode', 'text', '', { shorthand: 'm' }),
  spec('istio-inbound-ports', 'text', '', { shorthand: 'b' }),
  spec('istio-local-exclude-ports', 'text', '', { shorthand: 'd' }),
  spec('istio-exclude-interfaces', 'text', '', { shorthand: 'c' }),
  spec('istio-service-cidr', 'text', '', { shorthand: 'i' }),
  spec('istio-service-exclude-cidr', 'text', '', { shorthand: 'x' }),
  spec('istio-outbound-ports', 'text', '', { shorthand: 'q' }),
  spec('istio-local-outbound-ports-exclude', 'text', '', { shorthand: 'o' }),
  spec('kube-virt-interfaces', 'text', '', { shorthand: 'k' }),
  spec('istio-inbound-tproxy-mark', 'text', '1337', { shorthand: 't' }),
  spec('istio-inbound-tproxy-route-table', 'text', '133', { shorthand: 'r' }),
  spec('dry-run', 'bool', 'false', { shorthand: 'n' }),
  spec('iptables-probe-port', 'uint16', '15002'),
  spec('probe-timeout', 'duration', '5s'),
  spec('skip-rule-apply', 'bool', 'false'),
  spec('run-validation', 'bool', 'false'),
  spec('redirect-dns', 'bool', 'false', { alias: 'ISTIO_META_DNS_CAPTURE' }),
  spec('drop-invalid', 'bool', 'false', { alias: 'INVALID_DROP' }),
  spec('dual-stack', 'bool', 'false', { alias: 'ISTIO_DUAL_STACK' }),
  spec('capture-all-dns', 'bool', 'false'),
  spec('network-namespace', 'text', ''),
  spec('cni-mode', 'bool', 'false'),
  spec('reconcile', 'bool', 'false'),
  spec('cleanup-only', 'bool', 'false'),
  spec('force-apply', 'bool', 'false'),
  spec('native-nftables', 'bool', 'false'),
  spec('force-iptables-binary', 'text', ''),
];

export const environmentOptions: Readonly<Record<EnvironmentOptionName, string>> = {
  ISTIO_OUTBOUND_OWNER_GROUPS: '*',
  ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE: '',
  ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR: '127.0.0.1/32',
};

const fallbacks: ReadonlyMap<string, string> = new Map([
  ...optionSpecs.map(option => [option.name, option.fallback] as const),
  ...Object.entries(environmentOptions),
]);

/** The setting in force: the given one, else the built-in default with its name. */
export function settingOf(settings: Settings, name: OptionName | EnvironmentOptionName): Setting {
  const given = settings.get(name);
  if (given !== undefined) return given;
  const value = fallbacks.get(name) ?? '';
  return { value, origin: { kind: 'default', default: `${name}=${value}` } };
}
