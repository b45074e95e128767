import {
  addressesFor,
  addressFor,
  type EgressScope,
  endpointsByPort,
  isHttp,
  isTcp,
  type MeshEndpoint,
  type MeshService,
  type Protocol,
  parseProtocol,
  servicesOnPort,
} from '../../mesh';
import { parseIp } from '../../net';
import type { Origin } from '../../origin';
import type { ProxyContext } from '../proxy/proxy-context';
import { type Binding, canBind, type EgressBinding, egressBinding } from './listener-binding';

/** The port that a listener is built for: of the service, or of the Sidecar's egress listener. */
export interface ListenPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly origin: Origin;
}

/** One service (port) that wants a listener on an address. */
export interface Seed {
  readonly service: MeshService;
  readonly listenPort: ListenPort;
  readonly bind: Binding;
  readonly bindToPort: boolean;
  /** CIDR of the service, matched in the filter chain. */
  readonly cidrs: readonly string[];
  /** Comes from the listener without a port, which never adds to what those with a port made. */
  readonly catchAll: boolean;
  /** Stands for an endpoint of a headless service; its own pod does not get that listener. */
  readonly perEndpoint?: boolean;
}

/** A seed with the egress listener whose VirtualServices apply to it. */
export interface Contribution extends Seed {
  readonly egress: EgressScope;
  /** The seed itself, which other proxies share. */
  readonly seed: Seed;
}

const listenerKind = (protocol: Protocol): 'http' | 'tcp' | 'auto' | 'none' => {
  if (isHttp(protocol)) return 'http';
  if (isTcp(protocol)) return 'tcp';
  return protocol === 'Unsupported' ? 'auto' : 'none';
};

/** `istionetworking.ModelProtocolToListenerProtocol`. */
export { listenerKind };

const unspecified = '0.0.0.0';

interface Place {
  readonly bind: Binding;
  readonly cidrs: readonly string[];
}

const noCidrs: readonly string[] = [];

const wildcardBinding = ({ wildcard, extraWildcards }: ProxyContext): Binding =>
  extraWildcards.length === 0 ? [wildcard] : [wildcard, ...extraWildcards];

/** Where a service without a given bind listens (`listener.go:buildSidecarOutboundListener`). */
function placeOf(context: ProxyContext, service: MeshService, protocol: Protocol): Place {
  const everywhere = wildcardBinding(context);
  if (isHttp(protocol)) return { bind: everywhere, cidrs: noCidrs };
  const { proxy, mesh, dualStack } = context;
  const [address = '', ...rest] = addressesFor(mesh, service, proxy);
  const others = dualStack ? rest : [];
  if (address.includes('/')) return { bind: everywhere, cidrs: [address, ...rest] };
  const external = service.registry === 'external' && address === unspecified;
  if (external && proxy.ipMode === 'IPv6') return { bind: ['::', ...others], cidrs: noCidrs };
  if (external && dualStack) return { bind: [address, ...others, '::'], cidrs: noCidrs };
  return { bind: [address === '' ? context.wildcard : address, ...others], cidrs: noCidrs };
}

interface Base {
  readonly egress: EgressScope;
  readonly binding: EgressBinding;
  readonly catchAll: boolean;
}

function contribute(
  context: ProxyContext,
  base: Base,
  at: { readonly service: MeshService; readonly listenPort: ListenPort; readonly bind?: Binding },
): Seed {
  const { binding, catchAll } = base;
  const { service, listenPort } = at;
  const given = at.bind ?? binding.bind;
  const place: Place =
    given === undefined
      ? placeOf(context, service, listenPort.protocol)
      : { bind: given, cidrs: [] };
  return { service, listenPort, ...place, bindToPort: binding.bindToPort, catchAll };
}

/** ExternalName services and UDP ports get no listener. */
const isListening = ({ resolution }: MeshService, { protocol }: ListenPort) =>
  resolution !== 'Alias' && listenerKind(protocol) !== 'none';

function explicit(context: ProxyContext, base: Base, port: number): readonly Seed[] {
  const own = base.egress.listener?.port;
  if (own === undefined || own.number !== port) return [];
  const protocol = parseProtocol(own.protocol ?? '');
  if (!canBind(context, base.binding, { number: port, isHttp: isHttp(protocol) })) return [];
  const listenPort: ListenPort = { port, protocol, origin: base.egress.origin };
  return base.egress.services
    .filter(service => isListening(service, listenPort))
    .map(service => contribute(context, base, { service, listenPort }));
}

/** Headless services get a listener for each endpoint instead of one for all addresses. */
function isPerEndpoint(
  context: ProxyContext,
  base: Base,
  service: MeshService,
  protocol: Protocol,
) {
  return (
    service.resolution === 'Passthrough' &&
    base.binding.bind === undefined &&
    addressFor(context.mesh, service, context.proxy) === unspecified &&
    (isTcp(protocol) || protocol === 'Unsupported')
  );
}

function endpointBindings(endpoints: readonly MeshEndpoint[]): readonly Binding[] {
  return endpoints.flatMap((endpoint): Binding[] =>
    parseIp(endpoint.address) === undefined ? [] : [[endpoint.address]],
  );
}

function ofServicePort(
  context: ProxyContext,
  base: Base,
  at: { readonly service: MeshService; readonly listenPort: ListenPort },
): readonly Seed[] {
  const { service, listenPort } = at;
  if (!isPerEndpoint(context, base, service, listenPort.protocol)) {
    return [contribute(context, base, at)];
  }
  const endpoints = endpointsByPort(context.mesh, service, listenPort.port);
  const plainEntry = service.registry === 'external' && service.selector === undefined;
  if (endpoints.length === 0 && plainEntry) return [contribute(context, base, at)];
  const asChains =
    isTcp(listenPort.protocol) &&
    context.mesh.flags.enabled('PILOT_ENABLE_HEADLESS_FILTER_CHAIN_LISTENER');
  return endpointBindings(endpoints).map(bind => ({
    ...contribute(context, base, { ...at, bind }),
    ...(asChains ? { bind: wildcardBinding(context), cidrs: bind } : {}),
    perEndpoint: true,
  }));
}

function catchAll(context: ProxyContext, base: Base, port: number): readonly Seed[] {
  const seeds: Seed[] = [];
  for (const service of servicesOnPort(base.egress, port)) {
    for (const listenPort of service.ports) {
      if (listenPort.port !== port || !isListening(service, listenPort)) continue;
      const isHttpPort = isHttp(listenPort.protocol);
      if (!canBind(context, base.binding, { number: port, isHttp: isHttpPort })) continue;
      seeds.push(...ofServicePort(context, base, { service, listenPort }));
    }
  }
  return seeds;
}

/** Everything of one egress listener that wants a listener on this port, in istiod's order. */
export function seedsOn(context: ProxyContext, egress: EgressScope, port: number): readonly Seed[] {
  const isCatchAll = egress.listener?.port === undefined;
  const base = { egress, binding: egressBinding(context, egress), catchAll: isCatchAll };
  return isCatchAll ? catchAll(context, base, port) : explicit(context, base, port);
}
