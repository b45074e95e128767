import { parseIp } from '../../net';
import type {
  Destination,
  HttpRoute,
  L4Match,
  RouteDestination,
  TcpRoute,
  TlsRoute,
} from '../../resources';

export interface NameScope {
  readonly namespace: string;
  readonly clusterDomain: string;
}

/** A host without a dot, and no address, is a Service of the object's own namespace (`pilot/pkg/model/config.go:ResolveShortnameToFQDN`). */
export function fullHostname(host: string, { namespace, clusterDomain }: NameScope): string {
  if (host === '' || host === '*' || host.includes('.')) return host;
  if (host.includes(':') && parseIp(host) !== undefined) return host;
  return `${host}.${namespace}.svc.${clusterDomain}`;
}

export const meshGateway = 'mesh';

/** `mesh`, or `namespace/name`: short names, `./name` and the old dotted form (`gateway.go:resolveGatewayName`). */
export function fullGatewayName(name: string, namespace: string): string {
  if (name === meshGateway) return name;
  if (name.includes('/')) return name.startsWith('./') ? `${namespace}/${name.slice(2)}` : name;
  const [short = '', owner] = name.split('.');
  return `${owner ?? namespace}/${short}`;
}

const destination = (item: Destination, scope: NameScope): Destination => ({
  ...item,
  host: fullHostname(item.host, scope),
});
const destinations = (items: readonly RouteDestination[], scope: NameScope) =>
  items.map(item => ({ ...item, destination: destination(item.destination, scope) }));

function gateways<M extends { readonly gateways?: readonly string[] }>(
  match: M,
  scope: NameScope,
): M {
  return match.gateways === undefined
    ? match
    : { ...match, gateways: match.gateways.map(name => fullGatewayName(name, scope.namespace)) };
}

/** Full names in an HTTP rule, and the namespace of its delegate. */
export function fullHttpRoute(route: HttpRoute, scope: NameScope): HttpRoute {
  const { mirror, mirrors, delegate } = route;
  return {
    ...route,
    match: route.match.map(match => gateways(match, scope)),
    route: destinations(route.route, scope),
    ...(mirror === undefined ? {} : { mirror: destination(mirror, scope) }),
    ...(mirrors === undefined
      ? {}
      : {
          mirrors: mirrors.map(item => ({
            ...item,
            destination: destination(item.destination, scope),
          })),
        }),
    ...(delegate === undefined
      ? {}
      : {
          delegate: {
            ...delegate,
            namespace: (delegate.namespace ?? '') === '' ? scope.namespace : delegate.namespace,
          },
        }),
  };
}

function fullL4Route<
  M extends L4Match,
  R extends { readonly match: readonly M[]; readonly route: readonly RouteDestination[] },
>(route: R, scope: NameScope): R {
  return {
    ...route,
    match: route.match.map(match => gateways(match, scope)),
    route: destinations(route.route, scope),
  };
}

export const fullTlsRoute = (route: TlsRoute, scope: NameScope): TlsRoute =>
  fullL4Route(route, scope);
export const fullTcpRoute = (route: TcpRoute, scope: NameScope): TcpRoute =>
  fullL4Route(route, scope);
