import type { ValueOf } from '../../schema';
import type {
  outlierDetection,
  portTrafficPolicy,
  trafficPolicy,
  tunnel,
} from '../../schema/kinds/traffic-policy';
import { type Findings, reject, warn, withoutWarnings } from '../findings';
import { checkFqdn } from '../syntax/dns-name';
import { checkIpAddress } from '../syntax/ip-address';
import { checkPort } from '../syntax/port';
import { validateClientTls } from './client-tls';
import { validateConnectionPool, validateDuration } from './connection-pool';
import { validateLoadBalancer } from './load-balancer';

type TrafficPolicyMessage = ValueOf<typeof trafficPolicy>;
type PortPolicyMessage = ValueOf<typeof portTrafficPolicy>;
type OutlierMessage = ValueOf<typeof outlierDetection>;
type TunnelMessage = ValueOf<typeof tunnel>;

interface Place {
  readonly path: string;
  readonly namespace: string;
}

function validateOutlier(findings: Findings, outlier: OutlierMessage, path: string): void {
  validateDuration(findings, outlier.baseEjectionTime, `${path}.baseEjectionTime`);
  if (outlier.consecutiveErrors !== 0) {
    const message =
      'outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead';
    warn(findings, 'deprecated', `${path}.consecutiveErrors`, message);
  }
  const local = outlier.consecutiveLocalOriginFailures ?? 0;
  if (!outlier.splitExternalLocalOriginErrors && local > 0) {
    const message =
      'outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false';
    reject(findings, 'conflict', `${path}.consecutiveLocalOriginFailures`, message);
  }
  validateDuration(findings, outlier.interval, `${path}.interval`);
  for (const field of ['maxEjectionPercent', 'minHealthPercent'] as const) {
    const percent = outlier[field];
    if (percent >= 0 && percent <= 100) continue;
    const message = `percentage ${percent} is not in range 0..100`;
    reject(findings, 'range-invalid', `${path}.${field}`, message);
  }
}

/** What a policy has for all ports and for one port alike. */
function validateCommon(findings: Findings, policy: PortPolicyMessage, place: Place): void {
  const { path, namespace } = place;
  const { outlierDetection: outlier } = policy;
  if (outlier !== undefined) validateOutlier(findings, outlier, `${path}.outlierDetection`);
  validateConnectionPool(findings, policy.connectionPool, `${path}.connectionPool`);
  const balancing = { path: `${path}.loadBalancer`, hasOutlier: outlier !== undefined };
  validateLoadBalancer(findings, policy.loadBalancer, balancing);
  validateClientTls(findings, policy.tls, { path: `${path}.tls`, namespace });
}

const hasCommon = (policy: PortPolicyMessage) =>
  policy.outlierDetection !== undefined ||
  policy.connectionPool !== undefined ||
  policy.loadBalancer !== undefined ||
  policy.tls !== undefined;

function validatePortPolicy(findings: Findings, policy: PortPolicyMessage, place: Place): void {
  if (policy.port === undefined) {
    reject(findings, 'missing', `${place.path}.port`, 'portTrafficPolicy must have valid port');
  }
  if (hasCommon(policy)) validateCommon(findings, policy, place);
  else {
    const message = 'port traffic policy must have at least one field';
    reject(findings, 'missing', place.path, message);
  }
}

function validateTunnel(findings: Findings, settings: TunnelMessage, path: string): void {
  if (!['', 'CONNECT', 'POST'].includes(settings.protocol)) {
    const message = 'tunnel protocol must be "CONNECT" or "POST"';
    reject(findings, 'protocol-invalid', `${path}.protocol`, message);
  }
  const name = checkFqdn(settings.targetHost);
  const address = checkIpAddress(settings.targetHost);
  if (name !== undefined && address !== undefined) {
    const message = `tunnel target host must be valid FQDN or IP address: ${name}; ${address}`;
    reject(findings, 'host-invalid', `${path}.targetHost`, message);
  }
  const port = checkPort(settings.targetPort);
  if (port !== undefined) {
    const message = `tunnel target port is invalid: ${port}`;
    reject(findings, 'port-invalid', `${path}.targetPort`, message);
  }
}

/** `validateTrafficPolicy`. */
export function validateTrafficPolicy(
  findings: Findings,
  policy: TrafficPolicyMessage | undefined,
  place: Place,
): void {
  if (policy === undefined) return;
  const { path, namespace } = place;
  const { tunnel: settings, proxyProtocol, portLevelSettings } = policy;
  const ports = portLevelSettings.length > 0;
  const common = { ...policy, port: undefined };
  if (!hasCommon(common) && !ports && settings === undefined && proxyProtocol === undefined) {
    reject(findings, 'missing', path, 'traffic policy must have at least one field');
    return;
  }
  if (settings !== undefined && proxyProtocol !== undefined) {
    reject(findings, 'conflict', path, 'tunnel and proxyProtocol must not be set together');
    return;
  }
  validateCommon(findings, common, place);
  withoutWarnings(findings, inner => {
    portLevelSettings.forEach((item, at) => {
      validatePortPolicy(inner, item, { path: `${path}.portLevelSettings.${at}`, namespace });
    });
  });
  if (settings !== undefined) validateTunnel(findings, settings, `${path}.tunnel`);
  const version = proxyProtocol?.version;
  if (typeof version === 'number') {
    const message = `proxy protocol version is invalid: ${version}`;
    reject(findings, 'unsupported', `${path}.proxyProtocol.version`, message);
  }
}
