import {
  anyDuration,
  bool,
  choice,
  int32,
  list,
  map,
  message,
  nullable,
  numberedWords,
  since,
  struct,
  text,
  words,
} from '../make-type';
import { clientTls } from './client-tls';
import { tcpKeepalive } from './connection-pool';
import { destination } from './destination';
import { extensionProvider } from './extension-provider';
import { localityLbSetting } from './load-balancer';
import { meshProxyConfigSchema } from './mesh-proxy-config';

const kubernetesSelector = message({
  matchLabels: map(text()),
  matchExpressions: list(message({ key: text(), operator: text(), values: list(text()) })),
});
const tlsConfig = message({
  minProtocolVersion: words('TLS_AUTO', 'TLSV1_2', 'TLSV1_3'),
  ecdhCurves: list(text()),
  cipherSuites: list(text()),
});
const retryPolicy = message({
  attempts: int32(),
  perTryTimeout: anyDuration(),
  retryOn: text(),
  retryRemoteLocalities: nullable(bool()),
  retryIgnorePreviousHosts: nullable(bool()),
  backoff: anyDuration(),
});
const visibility = words('VISIBILITY_UNSPECIFIED', 'NONE', 'NAMESPACE', 'PUBLIC');

/** `MeshConfig` of `mesh/v1alpha1/config.proto`. No CRD has it: only the webhook's side of the table counts. */
export const meshConfigSchema = message({
  proxyListenPort: int32(),
  proxyInboundListenPort: int32(),
  proxyHttpPort: int32(),
  connectTimeout: anyDuration(),
  tcpKeepalive,
  ingressClass: text(),
  ingressService: text(),
  ingressControllerMode: words('UNSPECIFIED', 'OFF', 'DEFAULT', 'STRICT'),
  ingressSelector: text(),
  enableTracing: bool(),
  accessLogFile: text(),
  accessLogFormat: text(),
  accessLogEncoding: words('TEXT', 'JSON'),
  enableEnvoyAccessLogService: bool(),
  disableEnvoyListenerLog: bool(),
  defaultConfig: meshProxyConfigSchema,
  outboundTrafficPolicy: message({
    mode: numberedWords(
      { REGISTRY_ONLY: 0, ALLOW_ANY: 1, ALLOW_ANY_DYNAMIC_DNS: 3 },
      { since: { ALLOW_ANY_DYNAMIC_DNS: 27 } },
    ),
    tls: since(27, clientTls),
    egressProxy: destination,
  }),
  inboundTrafficPolicy: message({ mode: words('PASSTHROUGH', 'LOCALHOST') }),
  configSources: list(
    message({
      address: text(),
      tlsSettings: clientTls,
      subscribedResources: list(words('SERVICE_REGISTRY')),
    }),
  ),
  enableAutoMtls: nullable(bool()),
  trustDomain: text(),
  trustDomainAliases: list(text()),
  caCertificates: list(
    message({
      pem: choice('certificate', text()),
      spiffeBundleUrl: choice('certificate', text()),
      certSigners: list(text()),
      trustDomains: list(text()),
    }),
  ),
  defaultServiceExportTo: list(text()),
  defaultVirtualServiceExportTo: list(text()),
  defaultDestinationRuleExportTo: list(text()),
  rootNamespace: text(),
  localityLbSetting,
  dnsRefreshRate: anyDuration(),
  h2UpgradePolicy: words('DO_NOT_UPGRADE', 'UPGRADE'),
  inboundClusterStatName: text(),
  outboundClusterStatName: text(),
  certificates: list(message({ secretName: text(), dnsNames: list(text()) })),
  thriftConfig: message({ rateLimitUrl: text(), rateLimitTimeout: anyDuration() }),
  serviceSettings: list(
    message({ settings: message({ clusterLocal: bool() }), hosts: list(text()) }),
  ),
  enablePrometheusMerge: nullable(bool()),
  verifyCertificateAtClient: nullable(bool()),
  ca: message({
    address: text(),
    tlsSettings: clientTls,
    requestTimeout: anyDuration(),
    istiodSide: bool(),
  }),
  extensionProviders: list(extensionProvider),
  defaultProviders: message({
    tracing: list(text()),
    metrics: list(text()),
    accessLogging: list(text()),
  }),
  discoverySelectors: list(kubernetesSelector),
  pathNormalization: message({
    normalization: words('DEFAULT', 'NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'),
  }),
  defaultHttpRetryPolicy: retryPolicy,
  defaultInboundHttpRetryPolicy: since(32, retryPolicy),
  protocolDetectionTimeout: anyDuration(),
  meshMTLS: tlsConfig,
  tlsDefaults: tlsConfig,
  hboneIdleTimeout: anyDuration(),
  serviceScopeConfigs: list(
    message({
      namespaceSelector: kubernetesSelector,
      servicesSelector: kubernetesSelector,
      scope: words('LOCAL', 'GLOBAL'),
    }),
  ),
  defaultTrafficPolicy: since(31, struct()),
  serviceEntryVisibility: since(
    31,
    message({
      defaultVisibility: visibility,
      policies: list(
        message({
          matchingRules: list(
            message({ namespaceSelector: choice('matcher', kubernetesSelector) }),
          ),
          visibility,
        }),
      ),
      applyToSidecars: bool(),
    }),
  ),
});
