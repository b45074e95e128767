import { parsePrefix } from '../options/network-range';
import { parseBool } from '../options/parse-bool';
import type { InterceptionVersion } from '../versions';
import { isPort, isPortList, isPortListOrWildcard, trimSpace } from './port-list';

type Annotations = Readonly<Record<string, string>>;
type Check = (value: string) => boolean;

const interfacePattern = /^[A-Za-z][A-Za-z0-9_.-]{0,14}$/;

/** Interface names with blanks around them; an empty text names none (`pkg/util/net/ip.go:ValidateInterfaceNames`). */
export const areInterfaceNames: Check = value =>
  value === '' || value.split(',').every(name => interfacePattern.test(trimSpace(name)));

/** Ranges without blanks; an empty text is none. */
export const areRanges: Check = value =>
  value === '' || value.split(',').every(range => parsePrefix(range) !== undefined);

export const areRangesOrWildcard: Check = value => value === '*' || areRanges(value);

const isUint32: Check = value => /^[0-9]+$/.test(value) && Number(value) <= 0xffffffff;

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['sidecar.istio.io/interceptionMode', value => ['REDIRECT', 'TPROXY', 'NONE'].includes(value)],
  ['status.sidecar.istio.io/port', isPort],
  ['readiness.status.sidecar.istio.io/initialDelaySeconds', isUint32],
  ['readiness.status.sidecar.istio.io/periodSeconds', isUint32],
  ['readiness.status.sidecar.istio.io/failureThreshold', isUint32],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges', areRangesOrWildcard],
  ['traffic.sidecar.istio.io/excludeOutboundIPRanges', areRanges],
  ['traffic.sidecar.istio.io/includeInboundPorts', isPortListOrWildcard],
  ['traffic.sidecar.istio.io/excludeInboundPorts', isPortList],
  ['traffic.sidecar.istio.io/excludeOutboundPorts', isPortList],
  ['prometheus.istio.io/merge-metrics', value => parseBool(value) !== undefined],
]);

/** Annotations that name network interfaces. */
export const interfaceAnnotations: readonly string[] = [
  'traffic.sidecar.istio.io/excludeInterfaces',
  'traffic.sidecar.istio.io/kubevirtInterfaces',
  'istio.io/reroute-virtual-interfaces',
];

/**
 * Names of the annotations that make the injector reject the pod, sorted (`pkg/kube/inject/validate.go`). The outbound
 * ports to include are not checked. `proxy.istio.io/config` is checked by its reader.
 */
export function invalidAnnotations(
  annotations: Annotations,
  version: InterceptionVersion,
): readonly string[] {
  const all = version.checksInterfaceNames
    ? [...checks, ...interfaceAnnotations.map(name => [name, areInterfaceNames] as const)]
    : [...checks];
  return all
    .filter(([name, check]) => Object.hasOwn(annotations, name) && !check(annotations[name] ?? ''))
    .map(([name]) => name)
    .sort();
}
