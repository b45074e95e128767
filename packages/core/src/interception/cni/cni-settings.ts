import type { Origin } from '../../origin';
import { areInterfaceNames, areRanges, areRangesOrWildcard } from '../injector/annotation-checks';
import { isPortListOrWildcard, trimSpace } from '../injector/port-list';
import type { OptionName, Setting, Settings } from '../options/option';
import { parseBool } from '../options/parse-bool';
import { helmSetting, helmTruth } from '../pod/helm-values';
import type { InjectedPod } from '../pod/injected-pod';
import type { InterceptionInput } from '../pod/pod-input';
import type { InterceptionVersion } from '../versions';

/** The proxy container; of several the last. */
export function lastProxy(pod: InjectedPod) {
  return [...pod.initContainers, ...pod.containers]
    .filter(container => container.name === 'istio-proxy')
    .at(-1);
}

/** A variable of the proxy container; the last one of a name counts. */
export function variable(pod: InjectedPod, name: string): Setting | undefined {
  return lastProxy(pod)
    ?.env?.filter(candidate => candidate.name === name)
    .at(-1);
}

/** The plugin's ADD fails: the pod's sandbox is not created. */
export interface CniFailure {
  readonly kind: 'failed';
  readonly message: string;
  readonly origin: Origin;
}

interface AnnotationParameter {
  /** Name in the plugin's error message. */
  readonly parameter: string;
  readonly annotation: string;
  readonly option: OptionName;
  readonly fallback: string;
  readonly isValid: (value: string) => boolean;
}

const prefix = 'traffic.sidecar.istio.io/';

/** The annotations in the order in which the plugin reads them (`cni/pkg/plugin/sidecar_redirect.go:NewRedirect`). */
const parameters: readonly AnnotationParameter[] = [
  {
    parameter: 'redirectMode',
    annotation: 'sidecar.istio.io/interceptionMode',
    option: 'istio-inbound-interception-mode',
    fallback: 'REDIRECT',
    isValid: value => value === 'REDIRECT' || value === 'TPROXY',
  },
  {
    parameter: 'includeIPCidrs',
    annotation: `${prefix}includeOutboundIPRanges`,
    option: 'istio-service-cidr',
    fallback: '*',
    isValid: areRangesOrWildcard,
  },
  {
    parameter: 'excludeIPCidrs',
    annotation: `${prefix}excludeOutboundIPRanges`,
    option: 'istio-service-exclude-cidr',
    fallback: '',
    isValid: areRanges,
  },
  {
    parameter: 'excludeInboundPorts',
    annotation: `${prefix}excludeInboundPorts`,
    option: 'istio-local-exclude-ports',
    fallback: '15020',
    isValid: isPortListOrWildcard,
  },
  {
    parameter: 'includeInboundPorts',
    annotation: `${prefix}includeInboundPorts`,
    option: 'istio-inbound-ports',
    fallback: '*',
    isValid: isPortListOrWildcard,
  },
  {
    parameter: 'excludeOutboundPorts',
    annotation: `${prefix}excludeOutboundPorts`,
    option: 'istio-local-outbound-ports-exclude',
    fallback: '15020',
    isValid: isPortListOrWildcard,
  },
  {
    parameter: 'includeOutboundPorts',
    annotation: `${prefix}includeOutboundPorts`,
    option: 'istio-outbound-ports',
    fallback: '',
    isValid: isPortListOrWildcard,
  },
  {
    parameter: 'excludeInterfaces',
    annotation: `${prefix}excludeInterfaces`,
    option: 'istio-exclude-interfaces',
    fallback: '',
    isValid: areInterfaceNames,
  },
  {
    parameter: 'reroute-virtual-interfaces',
    annotation: 'istio.io/reroute-virtual-interfaces',
    option: 'kube-virt-interfaces',
    fallback: '',
    isValid: areInterfaceNames,
  },
  {
    parameter: 'kubevirtInterfaces',
    annotation: `${prefix}kubevirtInterfaces`,
    option: 'kube-virt-interfaces',
    fallback: '',
    isValid: areInterfaceNames,
  },
];

/** What the plugin programs, or the first annotation that it refuses. */
export function readSettings(
  pod: InjectedPod,
  input: InterceptionInput,
  version: InterceptionVersion,
): Settings | CniFailure {
  const settings = new Map<OptionName, Setting>();
  for (const parameter of parameters) {
    if (settings.has(parameter.option) && pod.annotations.has(reroute)) continue;
    const given = pod.annotations.get(parameter.annotation);
    if (given !== undefined && isRefused(parameter, given.value, version)) {
      return {
        kind: 'failed',
        message: `annotation value error for value ${parameter.parameter}; annotationFound = true: \`${given.value}\``,
        origin: given.origin,
      };
    }
    const origin = pluginDefault(`${parameter.parameter}=${parameter.fallback}`);
    settings.set(parameter.option, given ?? { value: parameter.fallback, origin });
  }
  const excluded = settings.get('istio-local-exclude-ports');
  if (excluded !== undefined) settings.set('istio-local-exclude-ports', withFixedPorts(excluded));
  return new Map([...settings, ...identity(pod), ...switches(pod), ...backend(input, version)]);
}

const reroute = 'istio.io/reroute-virtual-interfaces';

function isRefused(
  { option, isValid }: AnnotationParameter,
  value: string,
  version: InterceptionVersion,
): boolean {
  const namesInterfaces = ['istio-exclude-interfaces', 'kube-virt-interfaces'].includes(option);
  return !isValid(value) && (version.checksInterfaceNames || !namesInterfaces);
}

/** The user's list, the plugin's own ports behind it, each once. */
function withFixedPorts({ value, origin }: Setting): Setting {
  const list = trimSpace(value);
  const separator = list === '' || list.endsWith(',') ? '' : ',';
  const ports = new Set(`${list}${separator}15020,15021,15090`.split(','));
  return { value: [...ports].join(','), origin };
}

/** User and group of the proxy container; 0 and absent count as 1337. */
function identity(pod: InjectedPod): readonly (readonly [OptionName, Setting])[] {
  const context = lastProxy(pod)?.securityContext;
  const setting = (name: string, id: number | undefined): Setting => ({
    value: String(id || 1337),
    origin: pod.proxyUserOrigin ?? pluginDefault(`${name}=1337`),
  });
  return [
    ['proxy-uid', setting('noRedirectUID', context?.runAsUser)],
    ['proxy-gid', setting('noRedirectGID', context?.runAsGroup)],
  ];
}

/** DNS redirection takes port 53 to every address: the plugin does not read resolv.conf. */
function switches(pod: InjectedPod): readonly (readonly [OptionName, Setting])[] {
  const read = (name: string): Setting => {
    const given = variable(pod, name);
    const value = String(parseBool(given?.value ?? '') ?? false);
    return { value, origin: given?.origin ?? pluginDefault(`${name}=false`) };
  };
  const dns = read('ISTIO_META_DNS_CAPTURE');
  return [
    ['redirect-dns', dns],
    ['capture-all-dns', dns],
    ['dual-stack', read('ISTIO_DUAL_STACK')],
    ['drop-invalid', read('INVALID_DROP')],
  ];
}

function backend(
  { helm }: InterceptionInput,
  version: InterceptionVersion,
): readonly (readonly [OptionName, Setting])[] {
  const path = 'global.nativeNftables';
  if (!version.nativeNftables || !helmTruth(helm, path)) return [];
  return [['native-nftables', { value: 'true', origin: helmSetting(helm, path).origin }]];
}

export function pluginDefault(text: string): Origin {
  return { kind: 'default', default: `istio-cni ${text}` };
}
