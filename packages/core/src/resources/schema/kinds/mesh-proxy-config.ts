import {
  anyDuration,
  bool,
  choice,
  double,
  int32,
  list,
  map,
  message,
  nullable,
  since,
  struct,
  text,
  uint32,
  words,
} from '../make-type';
import { clientTls } from './client-tls';
import { tcpKeepalive } from './connection-pool';

const customTag = message({
  literal: choice('source', message({ value: text() })),
  environment: choice('source', message({ name: text(), defaultValue: text() })),
  header: choice('source', message({ name: text(), defaultValue: text() })),
});
const remoteAddress = message({ address: text() });
const remoteService = message({
  address: text(),
  tlsSettings: clientTls,
  tcpKeepalive,
});
const pollDelay = message({ pollDelay: anyDuration(), fallback: nullable(bool()) });

/** `ProxyConfig` of `mesh/v1alpha1/proxy.proto`: `defaultConfig` of the mesh, or the annotation `proxy.istio.io/config`. */
export const meshProxyConfigSchema = message({
  configPath: text(),
  binaryPath: text(),
  serviceCluster: choice('clusterName', text()),
  tracingServiceName: choice(
    'clusterName',
    words('APP_LABEL_AND_NAMESPACE', 'CANONICAL_NAME_ONLY', 'CANONICAL_NAME_AND_NAMESPACE'),
  ),
  drainDuration: anyDuration(),
  discoveryAddress: text(),
  zipkinAddress: text(),
  statsdUdpAddress: text(),
  envoyMetricsServiceAddress: text(),
  proxyAdminPort: int32(),
  controlPlaneAuthPolicy: words('NONE', 'MUTUAL_TLS'),
  customConfigFile: text(),
  statNameLength: int32(),
  concurrency: nullable(int32()),
  proxyBootstrapTemplatePath: text(),
  interceptionMode: words('REDIRECT', 'TPROXY', 'NONE'),
  tracing: message({
    zipkin: choice('tracer', remoteAddress),
    lightstep: choice('tracer', message({ address: text(), accessToken: text() })),
    datadog: choice('tracer', remoteAddress),
    stackdriver: choice('tracer', struct()),
    openCensusAgent: choice('tracer', message({ address: text(), context: list(text()) })),
    customTags: map(customTag),
    maxPathTagLength: uint32(),
    sampling: double(),
    tlsSettings: clientTls,
    enableIstioTags: nullable(bool()),
  }),
  sds: message({ enabled: bool(), k8sSaJwtPath: text() }),
  envoyAccessLogService: remoteService,
  envoyMetricsService: remoteService,
  proxyMetadata: map(text()),
  runtimeValues: map(text()),
  statusPort: int32(),
  extraStatTags: list(text()),
  gatewayTopology: message({
    numTrustedProxies: uint32(),
    forwardClientCertDetails: words(
      'UNDEFINED',
      'SANITIZE',
      'FORWARD_ONLY',
      'APPEND_FORWARD',
      'SANITIZE_SET',
      'ALWAYS_FORWARD_ONLY',
    ),
    proxyProtocol: struct(),
  }),
  terminationDrainDuration: anyDuration(),
  meshId: text(),
  readinessProbe: struct(),
  proxyStatsMatcher: message({
    inclusionPrefixes: list(text()),
    inclusionSuffixes: list(text()),
    inclusionRegexps: list(text()),
  }),
  holdApplicationUntilProxyStarts: nullable(bool()),
  caCertificatesPem: list(text()),
  image: message({ imageType: text() }),
  privateKeyProvider: message({
    cryptomb: choice('provider', pollDelay),
    qat: choice('provider', pollDelay),
  }),
  proxyHeaders: struct(),
  fileFlushInterval: anyDuration(),
  fileFlushMinSizeKb: nullable(uint32()),
  statsCompression: nullable(bool()),
  statsEvictionInterval: anyDuration(),
  connectionSettings: since(31, struct()),
});
