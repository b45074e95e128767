import {
  bool,
  bytes,
  choice,
  duration,
  int32,
  list,
  map,
  message,
  nullable,
  required,
  since,
  text,
  uint32,
  words,
} from '../make-type';
import { destination, routeDestination } from './destination';
import { headers } from './headers';
import { percent, stringMatch } from './string-match';

/** Spec of VirtualService. */
export const virtualServiceSchema = message({
  exportTo: list(text()),
  gateways: list(text()),
  hosts: list(text()),
  http: list(
    message({
      corsPolicy: message({
        allowCredentials: nullable(bool()),
        allowHeaders: list(text()),
        allowMethods: list(text()),
        allowOrigin: list(text()),
        allowOrigins: list(stringMatch),
        exposeHeaders: list(text()),
        maxAge: duration(),
        unmatchedPreflights: words('UNSPECIFIED', 'FORWARD', 'IGNORE'),
      }),
      delegate: message({
        name: text(),
        namespace: text(),
      }),
      directResponse: message({
        body: message({
          string: choice('body', text()),
          bytes: choice('body', bytes()),
        }),
        status: required(uint32()),
      }),
      fault: message({
        abort: message({
          httpStatus: choice('error', int32()),
          grpcStatus: choice('error', text()),
          http2Error: choice('error', text()),
          percentage: percent,
        }),
        delay: message({
          fixedDelay: choice('delay', duration()),
          exponentialDelay: choice('delay', duration()),
          percent: int32(),
          percentage: percent,
        }),
      }),
      headers: headers,
      match: list(
        message({
          authority: stringMatch,
          gateways: list(text()),
          headers: map(stringMatch),
          ignoreUriCase: bool(),
          method: stringMatch,
          name: text(),
          port: uint32(),
          queryParams: map(stringMatch),
          scheme: stringMatch,
          sourceLabels: map(text()),
          sourceNamespace: text(),
          statPrefix: text(),
          uri: stringMatch,
          withoutHeaders: map(stringMatch),
        }),
      ),
      mirror: destination,
      mirrorPercent: nullable(uint32()),
      mirrorPercentage: percent,
      mirror_percent: nullable(uint32()),
      mirrors: list(
        message({
          destination: required(destination),
          percentage: percent,
        }),
      ),
      name: text(),
      redirect: message({
        port: choice('port', uint32()),
        derivePort: choice('port', words('FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT')),
        authority: text(),
        prefixRewrite: since(31, text()),
        redirectCode: uint32(),
        scheme: text(),
        uri: text(),
      }),
      retries: message({
        attempts: int32(),
        backoff: duration(),
        perTryTimeout: duration(),
        retryIgnorePreviousHosts: nullable(bool()),
        retryOn: text(),
        retryRemoteLocalities: nullable(bool()),
      }),
      rewrite: message({
        authority: text(),
        uri: text(),
        uriRegexRewrite: message({
          match: text(),
          rewrite: text(),
        }),
      }),
      route: list(
        message({
          destination: required(destination),
          headers: headers,
          weight: int32(),
        }),
      ),
      timeout: duration(),
    }),
  ),
  tcp: list(
    message({
      match: list(
        message({
          destinationSubnets: list(text()),
          gateways: list(text()),
          port: uint32(),
          sourceLabels: map(text()),
          sourceNamespace: text(),
          sourceSubnet: text(),
        }),
      ),
      route: list(routeDestination),
    }),
  ),
  tls: list(
    message({
      match: required(
        list(
          message({
            destinationSubnets: list(text()),
            gateways: list(text()),
            port: uint32(),
            sniHosts: required(list(text())),
            sourceLabels: map(text()),
            sourceNamespace: text(),
          }),
        ),
      ),
      route: list(routeDestination),
    }),
  ),
});
