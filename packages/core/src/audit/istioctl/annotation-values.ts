import { parseCidr } from '../../net';

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

const unsigned32: Check = value =>
  /^\d+$/.test(value) && Number(value) <= 0xffffffff
    ? undefined
    : `strconv.ParseUint: parsing "${value}": ${/^\d+$/.test(value) ? 'value out of range' : 'invalid syntax'}`;

const port: Check = value =>
  /^\d+$/.test(value) && Number(value) <= 65535 ? undefined : `failed parsing port '${value}'`;

const portList =
  (parameter: string): Check =>
  value => {
    if (value === '') return undefined;
    const bad = value.split(',').find(item => port(item.trim()) !== undefined);
    return bad === undefined ? undefined : `${parameter} invalid: failed parsing port '${bad}'`;
  };

const portListOrAll =
  (parameter: string): Check =>
  value =>
    value === '*' ? undefined : portList(parameter)(value);

const cidrList =
  (parameter: string, wildcard: boolean): Check =>
  value => {
    if (value === '' || (wildcard && value === '*')) return undefined;
    const bad = value.split(',').find(item => !item.includes('/') || parseCidr(item) === undefined);
    return bad === undefined ? undefined : `${parameter} invalid: failed parsing cidr '${bad}'`;
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

const quantity: Check = value =>
  /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/.test(value)
    ? undefined
    : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Checks of the injector, by annotation (`pkg/kube/inject/validate.go:AnnotationValidation`). */
const checks: ReadonlyMap<string, Check> = new Map([
  ['prometheus.istio.io/merge-metrics', boolean],
  ['sidecar.istio.io/enableCoreDump', boolean],
  ['sidecar.istio.io/rewriteAppHTTPProbers', boolean],
  ['readiness.status.sidecar.istio.io/applicationPorts', portList('readinessApplicationPorts')],
  ['readiness.status.sidecar.istio.io/failureThreshold', unsigned32],
  ['readiness.status.sidecar.istio.io/initialDelaySeconds', unsigned32],
  ['readiness.status.sidecar.istio.io/periodSeconds', unsigned32],
  ['sidecar.istio.io/interceptionMode', modes],
  ['sidecar.istio.io/proxyCPU', quantity],
  ['sidecar.istio.io/proxyCPULimit', quantity],
  ['sidecar.istio.io/proxyMemory', quantity],
  ['sidecar.istio.io/proxyMemoryLimit', quantity],
  ['status.sidecar.istio.io/port', port],
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
