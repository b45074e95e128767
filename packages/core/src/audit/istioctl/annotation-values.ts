import { parsePrefix, prefixError } from '../../interception';
import { readProxyConfigAnnotation } from '../../mesh';

type Check = (value: string) => string | undefined;

const goBooleans = new Set([
  '1',
  't',
  'T',
  'TRUE',
  'true',
  'True',
  '0',
  'f',
  'F',
  'FALSE',
  'false',
  'False',
]);

const boolean: Check = value =>
  goBooleans.has(value) ? undefined : `strconv.ParseBool: parsing "${value}": invalid syntax`;

/** What `strconv.ParseUint` says of a text with an upper bound. */
function checkUnsigned(text: string, limit: number): string | undefined {
  const wrong = (what: string) => `strconv.ParseUint: parsing ${JSON.stringify(text)}: ${what}`;
  if (!/^\d+$/.test(text)) return wrong('invalid syntax');
  return Number(text) <= limit ? undefined : wrong('value out of range');
}

const unsigned32: Check = value => checkUnsigned(value, 0xffffffff);

const port: Check = value => {
  const wrong = checkUnsigned(value.trim(), 65535);
  return wrong === undefined ? undefined : `failed parsing port '${value}': ${wrong}`;
};

/** The word that `validateStatusPort` uses is that of another annotation. */
const statusPort: Check = value => {
  const wrong = port(value);
  return wrong === undefined ? undefined : `excludeInboundPorts invalid: ${wrong}`;
};

const portList =
  (parameter: string): Check =>
  value => {
    const list = value.trim();
    if (list === '') return undefined;
    const bad = list.split(',').find(item => port(item) !== undefined);
    if (bad === undefined) return undefined;
    return `${parameter} invalid: failed parsing port '${bad}': ${port(bad)}`;
  };

const portListOrAll =
  (parameter: string): Check =>
  value =>
    value === '*' ? undefined : portList(parameter)(value);

const cidrList =
  (parameter: string, wildcard: boolean): Check =>
  value => {
    if (value === '' || (wildcard && value === '*')) return undefined;
    const bad = value.split(',').find(item => parsePrefix(item) === undefined);
    if (bad === undefined) return undefined;
    return `${parameter} invalid: failed parsing cidr '${bad}': ${prefixError(bad)}`;
  };

const interfaceName = /^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$/;
const interfaces: Check = value => {
  if (value === '') return undefined;
  const bad = value.split(',').find(item => !interfaceName.test(item.trim()));
  return bad === undefined ? undefined : `interface name "${bad}" contains invalid characters`;
};

const modes: Check = value =>
  ['REDIRECT', 'TPROXY', 'NONE'].includes(value)
    ? undefined
    : `interceptionMode invalid, use REDIRECT,TPROXY,NONE: ${value}`;

const quantityForm = /^[+-]?\d*(?:\.\d*)?([eEinumkKMGTP]*[-+]?\d*)$/;
const quantitySuffix = /^(?:[KMGTPE]i|[numkMGTPE]|[eE][-+]?\d+)?$/;

/** A Kubernetes quantity (`k8s.io/apimachinery/pkg/api/resource/quantity.go:ParseQuantity`). */
const quantity: Check = value => {
  if (/\p{Cc}/u.test(value)) return 'value contains control characters';
  const suffix = value === '' ? undefined : quantityForm.exec(value)?.[1];
  if (suffix === undefined) {
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  }
  return quantitySuffix.test(suffix) ? undefined : "unable to parse quantity's suffix";
};

const proxyConfig: Check = value => {
  const read = readProxyConfigAnnotation(value);
  return read.kind === 'invalid' ? read.message : undefined;
};

/** Checks of the injector, by annotation (`pkg/kube/inject/validate.go:AnnotationValidation`). */
const checks: ReadonlyMap<string, Check> = new Map([
  ['prometheus.istio.io/merge-metrics', boolean],
  ['proxy.istio.io/config', proxyConfig],
  ['readiness.status.sidecar.istio.io/failureThreshold', unsigned32],
  ['readiness.status.sidecar.istio.io/initialDelaySeconds', unsigned32],
  ['readiness.status.sidecar.istio.io/periodSeconds', unsigned32],
  ['sidecar.istio.io/interceptionMode', modes],
  ['sidecar.istio.io/proxyCPU', quantity],
  ['sidecar.istio.io/proxyCPULimit', quantity],
  ['sidecar.istio.io/proxyMemory', quantity],
  ['sidecar.istio.io/proxyMemoryLimit', quantity],
  ['status.sidecar.istio.io/port', statusPort],
  ['traffic.sidecar.istio.io/excludeInboundPorts', portList('excludeInboundPorts')],
  ['traffic.sidecar.istio.io/excludeOutboundPorts', portList('excludeOutboundPorts')],
  ['traffic.sidecar.istio.io/includeInboundPorts', portListOrAll('includeInboundPorts')],
  ['traffic.sidecar.istio.io/excludeOutboundIPRanges', cidrList('excludeIPRanges', false)],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges', cidrList('includeIPRanges', true)],
  ['traffic.sidecar.istio.io/excludeInterfaces', interfaces],
  ['traffic.sidecar.istio.io/kubevirtInterfaces', interfaces],
  ['istio.io/reroute-virtual-interfaces', interfaces],
]);

/** What the injector would say to the value; `undefined` when it accepts it or does not look. */
export function annotationProblem(name: string, value: string): string | undefined {
  return checks.get(name)?.(value);
}
