import type { InterceptionVersion } from '../versions';
import type { InterceptionConfig } from './config';
import type { InterceptionError } from './interception-error';
import {
  isLoopback,
  type NetworkRanges,
  parsePrefix,
  parseRanges,
  prefixError,
  splitList,
} from './network-range';
import { type EnvironmentOptionName, type OptionName, type Settings, settingOf } from './option';
import { maxOwnerGroups, ownerGroups } from './owner-groups';
import { dnsServers, type PodNetwork, usesIpv6 } from './pod-network';

export type ResolvedConfig =
  | { readonly kind: 'config'; readonly config: InterceptionConfig }
  /** `--skip-rule-apply`, `--cleanup-only`, and `--dry-run` with iptables: no rules are written. */
  | { readonly kind: 'skipped' }
  | InterceptionError;

/** From the options and the pod's network to the rule builder's input, or the first error in the program's own order. */
export function resolveConfig(
  settings: Settings,
  network: PodNetwork,
  version: InterceptionVersion,
): ResolvedConfig {
  const text = (name: OptionName | EnvironmentOptionName) => settingOf(settings, name).value;
  const ipv6 = usesIpv6(network.interfaceAddresses, text('dual-stack') === 'true');
  if (ipv6 === undefined) {
    return failure('environment', 'no-local-address', 'no valid local IP address found');
  }
  const invalid = validate(text);
  if (invalid !== undefined) return invalid;
  if (text('skip-rule-apply') === 'true') return { kind: 'skipped' };
  const ranges = readRanges(text, version);
  if (ranges.kind === 'error') return ranges;
  const config = assemble(settings, network, ipv6, ranges);
  const dry = text('dry-run') === 'true' && config.backend === 'iptables';
  return dry || text('cleanup-only') === 'true' ? { kind: 'skipped' } : { kind: 'config', config };
}

type ReadOption = (name: OptionName | EnvironmentOptionName) => string;

/** tools/common/config/validation.go, in the order of `Config.Validate`. */
function validate(text: ReadOption): InterceptionError | undefined {
  const groups = ownerGroups(
    text('ISTIO_OUTBOUND_OWNER_GROUPS'),
    text('ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE'),
  );
  if (!groups.except && groups.values.length > maxOwnerGroups) {
    return failure(
      'validate',
      'too-many-owner-groups',
      `number of owner groups whose outgoing traffic should be redirected to Envoy cannot exceed ${maxOwnerGroups}, got ${groups.values.length}: [${groups.values.join(' ')}]`,
    );
  }
  return (
    validateLoopback(text('ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR')) ??
    validateBinary(text('force-iptables-binary'))
  );
}

function validateLoopback(cidr: string): InterceptionError | undefined {
  const bad = (message: string) => failure('validate', 'bad-loopback-cidr', message);
  const prefix = parsePrefix(cidr);
  if (prefix === undefined) return bad(`failed to parse CIDR ${cidr}: ${prefixError(cidr)}`);
  if (prefix.family !== 4 || !isLoopback(prefix.address)) {
    return bad(`expected valid IPv4 loopback address in CIDR ${cidr}; found ${prefix.address}`);
  }
  return prefix.length < 8
    ? bad(`expected CIDR ${cidr} to have mask in range [8, 32]; found ${prefix.length}`)
    : undefined;
}

function validateBinary(binary: string): InterceptionError | undefined {
  return ['', 'legacy', 'nft'].includes(binary)
    ? undefined
    : failure('validate', 'bad-iptables-binary', `invalid FORCE_IPTABLES_BINARY value "${binary}"`);
}

interface Ranges {
  readonly kind: 'ranges';
  readonly include: NetworkRanges;
  readonly exclude: NetworkRanges;
}

function readRanges(text: ReadOption, version: InterceptionVersion): Ranges | InterceptionError {
  const options = { skipBad: !version.badRangeIsAnError };
  const exclude = parseRanges(text('istio-service-exclude-cidr'), options);
  if ('kind' in exclude) return failure('run', 'bad-cidr', exclude.message);
  if (exclude.wildcard) {
    return failure('run', 'exclude-wildcard', 'invalid value for OUTBOUND_IP_RANGES_EXCLUDE');
  }
  const include = parseRanges(text('istio-service-cidr'), options);
  if ('kind' in include) return failure('run', 'bad-cidr', include.message);
  return { kind: 'ranges', include, exclude };
}

function assemble(
  settings: Settings,
  network: PodNetwork,
  ipv6: boolean,
  ranges: Ranges,
): InterceptionConfig {
  const text = (name: OptionName | EnvironmentOptionName) => settingOf(settings, name).value;
  const uid = text('proxy-uid') || '1337';
  return {
    backend: text('native-nftables') === 'true' ? 'nftables' : 'iptables',
    ipv6,
    proxyPort: text('envoy-port'),
    inboundCapturePort: text('inbound-capture-port'),
    inboundTunnelPort: text('inbound-tunnel-port'),
    proxyUids: splitList(uid),
    proxyGids: splitList(text('proxy-gid') || uid),
    tproxy: text('istio-inbound-interception-mode') === 'TPROXY',
    tproxyMark: text('istio-inbound-tproxy-mark'),
    tproxyRouteTable: text('istio-inbound-tproxy-route-table'),
    inboundPortsInclude: text('istio-inbound-ports'),
    inboundPortsExclude: splitList(text('istio-local-exclude-ports')),
    outboundPortsInclude: splitList(text('istio-outbound-ports')),
    outboundPortsExclude: splitList(text('istio-local-outbound-ports-exclude')),
    includeRanges: ranges.include,
    excludeRanges: ranges.exclude,
    excludedInterfaces: splitList(text('istio-exclude-interfaces')),
    virtualInterfaces: splitList(text('kube-virt-interfaces')),
    ownerGroups: ownerGroups(
      text('ISTIO_OUTBOUND_OWNER_GROUPS'),
      text('ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE'),
    ),
    loopbackCidr: text('ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR'),
    dropInvalid: text('drop-invalid') === 'true',
    ...dnsRedirection(text, network),
    origin: name => settingOf(settings, name).origin,
  };
}

/** Without `capture-all-dns` and without a usable name server the redirection is silently off. */
function dnsRedirection(text: ReadOption, network: PodNetwork): Pick<InterceptionConfig, 'dns'> {
  if (text('redirect-dns') !== 'true') return {};
  const captureAll = text('capture-all-dns') === 'true';
  const servers = captureAll ? { v4: [], v6: [] } : dnsServers(network.nameservers);
  const usable = captureAll || servers.v4.length + servers.v6.length > 0;
  return usable ? { dns: { captureAll, servers } } : {};
}

function failure(
  stage: InterceptionError['stage'],
  code: InterceptionError['code'],
  message: string,
): InterceptionError {
  return { kind: 'error', stage, code, message };
}
