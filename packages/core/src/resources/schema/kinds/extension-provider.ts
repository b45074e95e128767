import {
  anyDuration,
  bool,
  choice,
  list,
  map,
  message,
  struct,
  text,
  uint32,
  words,
} from '../make-type';

const requestBody = message({
  maxRequestBytes: uint32(),
  allowPartialMessage: bool(),
  packAsBytes: bool(),
});

/** What both kinds of external authorization have. */
const authorization = {
  service: text(),
  port: uint32(),
  timeout: anyDuration(),
  failOpen: bool(),
  clearRouteCache: bool(),
  statusOnError: text(),
  includeRequestBodyInCheck: requestBody,
};
const authorizationHttp = message({
  ...authorization,
  pathPrefix: text(),
  includeHeadersInCheck: list(text()),
  includeRequestHeadersInCheck: list(text()),
  includeAdditionalHeadersInCheck: map(text()),
  headersToUpstreamOnAllow: list(text()),
  headersToDownstreamOnDeny: list(text()),
  headersToDownstreamOnAllow: list(text()),
});

const tracer = message({ service: text(), port: uint32(), maxTagLength: uint32() });
const accessLogService = message({
  service: text(),
  port: uint32(),
  logName: text(),
  filterStateObjectsToLog: list(text()),
});
const fileLog = message({
  path: text(),
  logFormat: message({ text: choice('format', text()), labels: choice('format', struct()) }),
});

/** `MeshConfig.ExtensionProvider`: the fields that istiod decodes; it only logs what is wrong with their values. */
export const extensionProvider = message({
  name: text(),
  envoyExtAuthzHttp: choice('provider', authorizationHttp),
  envoyExtAuthzGrpc: choice('provider', message(authorization)),
  zipkin: choice('provider', tracer),
  datadog: choice('provider', tracer),
  opentelemetry: choice('provider', tracer),
  lightstep: choice(
    'provider',
    message({ service: text(), port: uint32(), accessToken: text(), maxTagLength: uint32() }),
  ),
  skywalking: choice('provider', message({ service: text(), port: uint32(), accessToken: text() })),
  opencensus: choice(
    'provider',
    message({
      service: text(),
      port: uint32(),
      context: list(
        words('UNSPECIFIED', 'W3C_TRACE_CONTEXT', 'GRPC_BIN', 'CLOUD_TRACE_CONTEXT', 'B3'),
      ),
      maxTagLength: uint32(),
    }),
  ),
  stackdriver: choice(
    'provider',
    message({ maxTagLength: uint32(), logging: message({ labels: map(text()) }) }),
  ),
  prometheus: choice('provider', message({})),
  envoyFileAccessLog: choice('provider', fileLog),
  envoyHttpAls: choice('provider', accessLogService),
  envoyTcpAls: choice('provider', accessLogService),
  envoyOtelAls: choice(
    'provider',
    message({
      service: text(),
      port: uint32(),
      logName: text(),
      logFormat: message({ text: text(), labels: struct() }),
    }),
  ),
});
