import { type Cursor, field, isObject, present } from './decode/cursor';
import {
  boolean,
  compact,
  decimal,
  duration,
  entries,
  integer,
  list,
  message,
  optionalTexts,
  text,
  textMap,
  texts,
} from './decode/scalars';
import type {
  CorsPolicy,
  Destination,
  HeaderEdit,
  HeaderOperations,
  HttpFault,
  HttpMatch,
  HttpRedirect,
  HttpRewrite,
  HttpRoute,
  L4Match,
  RouteDestination,
  StringMatch,
  TcpRoute,
  TlsMatch,
  TlsRoute,
  VirtualServiceSpec,
} from './virtual-service';

function readStringMatch(cursor: Cursor): StringMatch | undefined {
  for (const kind of ['exact', 'prefix', 'regex'] as const) {
    const value = text(field(cursor, kind));
    if (value !== undefined) return { kind, value };
  }
  return undefined;
}

const readHeaderMatch = (cursor: Cursor): StringMatch | { readonly kind: 'present' } =>
  readStringMatch(cursor) ?? { kind: 'present' };

const readMatchMap = (cursor: Cursor) =>
  present(cursor) ? Object.fromEntries(entries(cursor, readHeaderMatch)) : undefined;

function readL4Match(cursor: Cursor): L4Match {
  const labels = field(cursor, 'sourceLabels');
  return compact({
    destinationSubnets: optionalTexts(field(cursor, 'destinationSubnets')),
    port: integer(field(cursor, 'port')),
    sourceLabels: present(labels) ? textMap(labels) : undefined,
    sourceNamespace: text(field(cursor, 'sourceNamespace')),
    gateways: optionalTexts(field(cursor, 'gateways')),
  });
}

const readTlsMatch = (cursor: Cursor): TlsMatch => ({
  ...readL4Match(cursor),
  sniHosts: texts(field(cursor, 'sniHosts')),
});

function readHttpMatch(cursor: Cursor): HttpMatch {
  const labels = field(cursor, 'sourceLabels');
  return compact({
    name: text(field(cursor, 'name')),
    uri: message(field(cursor, 'uri'), readStringMatch),
    scheme: message(field(cursor, 'scheme'), readStringMatch),
    method: message(field(cursor, 'method'), readStringMatch),
    authority: message(field(cursor, 'authority'), readStringMatch),
    headers: readMatchMap(field(cursor, 'headers')),
    withoutHeaders: readMatchMap(field(cursor, 'withoutHeaders')),
    queryParams: readMatchMap(field(cursor, 'queryParams')),
    port: integer(field(cursor, 'port')),
    sourceLabels: present(labels) ? textMap(labels) : undefined,
    sourceNamespace: text(field(cursor, 'sourceNamespace')),
    gateways: optionalTexts(field(cursor, 'gateways')),
    ignoreUriCase: boolean(field(cursor, 'ignoreUriCase')),
    statPrefix: text(field(cursor, 'statPrefix')),
  });
}

function readDestination(cursor: Cursor): Destination {
  return compact({
    host: text(field(cursor, 'host')) ?? '',
    subset: text(field(cursor, 'subset')),
    port: integer(field(field(cursor, 'port'), 'number')),
  });
}

function readHeaderEdit(cursor: Cursor): HeaderEdit {
  const set = field(cursor, 'set');
  const add = field(cursor, 'add');
  return compact({
    set: present(set) ? textMap(set) : undefined,
    add: present(add) ? textMap(add) : undefined,
    remove: optionalTexts(field(cursor, 'remove')),
  });
}

const readHeaders = (cursor: Cursor): HeaderOperations =>
  compact({
    request: message(field(cursor, 'request'), readHeaderEdit),
    response: message(field(cursor, 'response'), readHeaderEdit),
  });

function readRouteDestination(cursor: Cursor): RouteDestination {
  return compact({
    destination: readDestination(field(cursor, 'destination')),
    weight: integer(field(cursor, 'weight')) ?? 0,
    headers: message(field(cursor, 'headers'), readHeaders),
  });
}

function readRedirect(cursor: Cursor): HttpRedirect {
  return compact({
    uri: text(field(cursor, 'uri')),
    authority: text(field(cursor, 'authority')),
    scheme: text(field(cursor, 'scheme')),
    port: integer(field(cursor, 'port')),
    derivePort: text(field(cursor, 'derivePort')),
    redirectCode: integer(field(cursor, 'redirectCode')),
  });
}

function readRewrite(cursor: Cursor): HttpRewrite {
  return compact({
    uri: text(field(cursor, 'uri')),
    authority: text(field(cursor, 'authority')),
    uriRegexRewrite: message(field(cursor, 'uriRegexRewrite'), item => ({
      match: text(field(item, 'match')) ?? '',
      rewrite: text(field(item, 'rewrite')) ?? '',
    })),
  });
}

const readPercentage = (cursor: Cursor) => {
  const percentage = field(cursor, 'percentage');
  if (!present(percentage)) return integer(field(cursor, 'percent')) ?? 100;
  return decimal(field(percentage, 'value')) ?? 0;
};

function readFault(cursor: Cursor): HttpFault {
  return compact({
    abort: message(field(cursor, 'abort'), item =>
      compact({
        httpStatus: integer(field(item, 'httpStatus')),
        grpcStatus: text(field(item, 'grpcStatus')),
        percentage: readPercentage(item),
      }),
    ),
    delay: message(field(cursor, 'delay'), item =>
      compact({
        fixedDelayMs: duration(field(item, 'fixedDelay')),
        percentage: readPercentage(item),
        percent: integer(field(item, 'percent')),
      }),
    ),
  });
}

function readCors(cursor: Cursor): CorsPolicy {
  const origins = field(cursor, 'allowOrigins');
  return compact({
    allowOrigins: present(origins) ? list(origins, readStringMatch) : undefined,
    allowOrigin: optionalTexts(field(cursor, 'allowOrigin')),
    unmatchedPreflights: text(field(cursor, 'unmatchedPreflights')),
  });
}

const readRetries = (cursor: Cursor): NonNullable<HttpRoute['retries']> =>
  compact({
    attempts: integer(field(cursor, 'attempts')) ?? 0,
    perTryTimeoutMs: duration(field(cursor, 'perTryTimeout')),
    retryOn: text(field(cursor, 'retryOn')),
  });

const readMirror = (cursor: Cursor) =>
  compact({
    destination: readDestination(field(cursor, 'destination')),
    percentage: decimal(field(field(cursor, 'percentage'), 'value')),
  });

function readDirectResponse(cursor: Cursor): NonNullable<HttpRoute['directResponse']> {
  const body = field(cursor, 'body');
  return compact({
    status: integer(field(cursor, 'status')) ?? 0,
    body: isObject(body.value) ? text(field(body, 'string')) : undefined,
  });
}

function readHttpRoute(cursor: Cursor): HttpRoute {
  const mirrors = field(cursor, 'mirrors');
  return compact({
    name: text(field(cursor, 'name')),
    match: list(field(cursor, 'match'), readHttpMatch),
    route: list(field(cursor, 'route'), readRouteDestination),
    redirect: message(field(cursor, 'redirect'), readRedirect),
    directResponse: message(field(cursor, 'directResponse'), readDirectResponse),
    delegate: message(field(cursor, 'delegate'), item =>
      compact({
        name: text(field(item, 'name')) ?? '',
        namespace: text(field(item, 'namespace')),
      }),
    ),
    rewrite: message(field(cursor, 'rewrite'), readRewrite),
    timeoutMs: duration(field(cursor, 'timeout')),
    retries: message(field(cursor, 'retries'), readRetries),
    fault: message(field(cursor, 'fault'), readFault),
    corsPolicy: message(field(cursor, 'corsPolicy'), readCors),
    mirror: message(field(cursor, 'mirror'), readDestination),
    mirrors: present(mirrors) ? list(mirrors, readMirror) : undefined,
    headers: message(field(cursor, 'headers'), readHeaders),
  });
}

const readTlsRoute = (cursor: Cursor): TlsRoute => ({
  match: list(field(cursor, 'match'), readTlsMatch),
  route: list(field(cursor, 'route'), readRouteDestination),
});

const readTcpRoute = (cursor: Cursor): TcpRoute => ({
  match: list(field(cursor, 'match'), readL4Match),
  route: list(field(cursor, 'route'), readRouteDestination),
});

export function readVirtualService(spec: Cursor): VirtualServiceSpec {
  return compact({
    hosts: texts(field(spec, 'hosts')),
    gateways: texts(field(spec, 'gateways')),
    http: list(field(spec, 'http'), readHttpRoute),
    tls: list(field(spec, 'tls'), readTlsRoute),
    tcp: list(field(spec, 'tcp'), readTcpRoute),
    exportTo: optionalTexts(field(spec, 'exportTo')),
  });
}
