import type { ValueOf } from '../../schema';
import type { meshProxyConfigSchema } from '../../schema/kinds/mesh-proxy-config';
import { type Findings, noFindings, quoted, reject, rejectIf, warn } from '../findings';
import { checkFqdn } from '../syntax/dns-name';
import { checkDuration, isZeroDuration } from '../syntax/duration';
import { splitHostPort } from '../syntax/host-port';
import { isIpAddress } from '../syntax/ip-address';
import { checkPort } from '../syntax/port';
import { validateClientTls } from './client-tls';

type ProxyMessage = ValueOf<typeof meshProxyConfigSchema>;

/** `ValidateProxyAddress`: a name or an IP address with a port. */
function checkProxyAddress(address: string): string | undefined {
  const split = splitHostPort(address);
  if (!split.ok) return `unable to split ${quoted(address)}: ${split.message}`;
  if (!/^[-+]?\d+$/.test(split.port)) return `port (${split.port}) is not a number`;
  const port = checkPort(Number(split.port));
  if (port !== undefined) return port;
  return checkFqdn(split.host) !== undefined && !isIpAddress(split.host)
    ? `${quoted(split.host)} is not a valid hostname or an IP address`
    : undefined;
}

function checkDrain(proxy: ProxyMessage): string | undefined {
  const drain = proxy.drainDuration ?? { seconds: 0, nanos: 0 };
  const wrong = checkDuration(drain);
  if (wrong !== undefined) return `invalid drain duration: ${wrong}`;
  return drain.nanos === 0 ? undefined : 'drain time only supports durations to seconds precision';
}

const path = 'defaultConfig';

function validateTracing(findings: Findings, tracing: NonNullable<ProxyMessage['tracing']>): void {
  const local = (address: string) => checkProxyAddress(address.replace('$(HOST_IP)', '127.0.0.1'));
  const at = `${path}.tracing`;
  const refuse = (prefix: string, message: string | undefined) => {
    if (message !== undefined) {
      reject(findings, 'address-invalid', at, `invalid ${prefix}: ${message}`);
    }
  };
  const { zipkin, lightstep, datadog, tlsSettings } = tracing;
  if (zipkin !== undefined) refuse('zipkin config', local(zipkin.address));
  if (datadog !== undefined) refuse('datadog config', local(datadog.address));
  if (lightstep !== undefined) {
    if (lightstep.address === '') refuse('lightstep config', 'address is required');
    refuse('lightstep config', checkProxyAddress(lightstep.address));
    if (lightstep.accessToken === '') refuse('lightstep config', 'access token is required');
  }
  const tls = noFindings();
  validateClientTls(tls, tlsSettings, { path: `${at}.tlsSettings`, namespace: '' });
  for (const { message } of tls.errors) refuse('tracing TLS config', message);
}

function validateAddresses(findings: Findings, proxy: ProxyMessage): void {
  const addresses: readonly (readonly [string, string])[] = [
    [proxy.statsdUdpAddress, 'statsd udp address'],
    [proxy.envoyMetricsServiceAddress, 'envoy metrics service address'],
    [proxy.envoyMetricsService?.address ?? '', 'envoy metrics service address'],
    [proxy.envoyAccessLogService?.address ?? '', 'envoy access log service address'],
  ];
  for (const [address, words] of addresses) {
    const wrong = address === '' ? undefined : checkProxyAddress(address);
    if (wrong === undefined) continue;
    const message = `invalid ${words} ${quoted(address)}: ${wrong}`;
    reject(findings, 'address-invalid', path, message);
  }
}

function validateKeyProvider(findings: Findings, proxy: ProxyMessage): void {
  const provider = proxy.privateKeyProvider;
  if (provider === undefined) return;
  const refuse = (reason: string) => {
    const message = `invalid private key provider configuration: ${reason}`;
    reject(findings, 'range-invalid', `${path}.privateKeyProvider`, message);
  };
  const settings = provider.cryptomb ?? provider.qat;
  if (settings === undefined) {
    refuse('private key provider configuration is required');
    refuse('unknown private key provider');
  } else if (settings.pollDelay === undefined) refuse('pollDelay is required');
  else if (isZeroDuration(settings.pollDelay)) refuse('pollDelay must be non zero');
}

/** `agent.ValidateMeshConfigProxyConfig`. */
export function validateMeshProxyConfig(findings: Findings, proxy: ProxyMessage): void {
  const refuse = (field: string, message: string | undefined) =>
    rejectIf(findings, 'range-invalid', `${path}.${field}`, message);
  if (proxy.configPath === '') refuse('configPath', 'config path must be set');
  if (proxy.binaryPath === '') refuse('binaryPath', 'binary path must be set');
  if (proxy.serviceCluster === '') {
    refuse('serviceCluster', 'service cluster must be specified');
  }
  refuse('drainDuration', checkDrain(proxy));
  const discovery = checkProxyAddress(proxy.discoveryAddress);
  if (proxy.discoveryAddress === '') {
    refuse('discoveryAddress', 'discovery address must be set to the proxy discovery service');
  } else if (discovery !== undefined) {
    refuse('discoveryAddress', `invalid discovery address: ${discovery}`);
  }
  if (proxy.tracing !== undefined) validateTracing(findings, proxy.tracing);
  validateAddresses(findings, proxy);
  for (const [field, words] of [
    ['proxyAdminPort', 'proxy admin port'],
    ['statusPort', 'status port'],
  ] as const) {
    const wrong = checkPort(proxy[field]);
    if (wrong !== undefined) refuse(field, `invalid ${words}: ${wrong}`);
  }
  const policy = proxy.controlPlaneAuthPolicy;
  if (typeof policy === 'number') {
    const reason = `unrecognized control plane auth policy ${quoted(`${policy}`)}`;
    refuse('controlPlaneAuthPolicy', `invalid authentication policy: ${reason}`);
  }
  validateKeyProvider(findings, proxy);
  if (proxy.proxyMetadata?.has('ISTIO_META_DNS_AUTO_ALLOCATE') === true) {
    const message =
      "'ISTIO_META_DNS_AUTO_ALLOCATE' is deprecated; review https://istio.io/latest/docs/ops/configuration/traffic-management/dns-proxy/#dns-auto-allocation-v2 for information about replacement functionality";
    warn(findings, 'deprecated', `${path}.proxyMetadata.ISTIO_META_DNS_AUTO_ALLOCATE`, message);
  }
}
