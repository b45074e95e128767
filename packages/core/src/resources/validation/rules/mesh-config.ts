import type { ValueOf } from '../../schema';
import { compareWithMilliseconds } from '../../schema';
import type { meshConfigSchema } from '../../schema/kinds/mesh-config';
import { type Findings, noFindings, reject, rejectIf, warn } from '../findings';
import { duplicatesOf, isKnownCurve } from '../syntax/cipher-suite';
import { checkWildcardDomain, isDnsLabel } from '../syntax/dns-name';
import { checkDuration, checkPrecision } from '../syntax/duration';
import { checkPort } from '../syntax/port';
import { validateLocalitySetting } from './locality';
import { validateMeshProxyConfig } from './mesh-proxy-config';

export type MeshConfigMessage = ValueOf<typeof meshConfigSchema>;

const hour = 3_600_000;

function checkConnectTimeout(mesh: MeshConfigMessage): string | undefined {
  const timeout = mesh.connectTimeout ?? { seconds: 0, nanos: 0 };
  const wrong = checkDuration(timeout);
  if (wrong !== undefined) return wrong;
  return compareWithMilliseconds(timeout, hour) > 0
    ? `time ${timeout.seconds}s must be >1ms and <1h0m0s`
    : undefined;
}

/** `ValidateTrustDomain`. */
function checkTrustDomain(domain: string): string | undefined {
  if (domain === '') return 'empty domain name not allowed';
  const labels = domain.split('.');
  const named = labels.at(-1) === '' ? labels.slice(0, -1) : labels;
  return named.every(isDnsLabel) ? undefined : `trust domain name "${domain}" invalid`;
}

function validateTrustDomains(findings: Findings, mesh: MeshConfigMessage): void {
  const wrong = checkTrustDomain(mesh.trustDomain);
  if (wrong !== undefined) {
    reject(findings, 'host-invalid', 'trustDomain', `trustDomain: ${wrong}`);
  }
  mesh.trustDomainAliases.forEach((alias, at) => {
    const invalid = checkTrustDomain(alias);
    if (invalid === undefined) return;
    const message = `trustDomainAliases[${at}], domain \`${alias}\` : ${invalid}`;
    reject(findings, 'host-invalid', `trustDomainAliases.${at}`, message);
  });
}

function validateServiceSettings(findings: Findings, mesh: MeshConfigMessage): void {
  mesh.serviceSettings.forEach(({ hosts }, at) => {
    hosts.forEach((host, index) => {
      const wrong = checkWildcardDomain(host);
      if (wrong === undefined) return;
      const message = `serviceSettings[${at}], host \`${host}\`: ${wrong}`;
      reject(findings, 'host-invalid', `serviceSettings.${at}.hosts.${index}`, message);
    });
  });
}

function validateCurves(findings: Findings, mesh: MeshConfigMessage): void {
  if ((mesh.meshMTLS?.ecdhCurves.length ?? 0) > 0) {
    const message = 'mesh TLS does not support ECDH curves configuration';
    reject(findings, 'unsupported', 'meshMTLS.ecdhCurves', message);
  }
  const curves = mesh.tlsDefaults?.ecdhCurves ?? [];
  const unknown = [...new Set(curves.filter(curve => !isKnownCurve(curve)))].sort();
  const repeated = duplicatesOf(curves.filter(isKnownCurve)).sort();
  const path = 'tlsDefaults.ecdhCurves';
  if (unknown.length > 0) {
    const message = `detected unrecognized ECDH curves: [${unknown.join(' ')}]`;
    warn(findings, 'unsupported', path, message);
  }
  if (repeated.length > 0) {
    warn(findings, 'duplicate', path, `detected duplicate ECDH curves: [${repeated.join(' ')}]`);
  }
}

function prefixed(prefix: string, message: string | undefined): string | undefined {
  return message === undefined ? undefined : `${prefix} ${message}`;
}

/** `agent.ValidateMeshConfig`: the mesh configuration with the defaults merged in. */
export function validateMeshConfig(mesh: MeshConfigMessage): Findings {
  const findings = noFindings();
  const port = prefixed('invalid proxy listen port:', checkPort(mesh.proxyListenPort));
  rejectIf(findings, 'port-invalid', 'proxyListenPort', port);
  const connect = prefixed('invalid connect timeout:', checkConnectTimeout(mesh));
  rejectIf(findings, 'duration-invalid', 'connectTimeout', connect);
  const detection = mesh.protocolDetectionTimeout;
  const precise = detection === undefined ? undefined : checkPrecision(detection);
  const timeout = prefixed('invalid protocol detection timeout:', precise);
  rejectIf(findings, 'duration-invalid', 'protocolDetectionTimeout', timeout);
  if (mesh.defaultConfig !== undefined) validateMeshProxyConfig(findings, mesh.defaultConfig);
  const place = { path: 'localityLbSetting', hasOutlier: true };
  validateLocalitySetting(findings, mesh.localityLbSetting, place);
  validateServiceSettings(findings, mesh);
  validateTrustDomains(findings, mesh);
  validateCurves(findings, mesh);
  if (mesh.defaultInboundHttpRetryPolicy?.perTryTimeout !== undefined) {
    const message = 'perTryTimeout is ignored by the default inbound http retry policy';
    warn(findings, 'no-effect', 'defaultInboundHttpRetryPolicy.perTryTimeout', message);
  }
  return findings;
}
