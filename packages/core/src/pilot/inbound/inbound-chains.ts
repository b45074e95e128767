import type { DownstreamTls, FilterChain } from '../../envoy';
import {
  type InboundMode,
  type InboundMtls,
  type Mesh,
  type Proxy,
  serviceTargetsOf,
} from '../../mesh';
import type { Origin } from '../../origin';
import type { ProxyPolicies } from '../authorization/build-rbac';
import { withPolicies } from '../authorization/with-policies';
import { blackHoleCluster, listenerName } from '../names';
import { type ChainMatch, chainMatches, ownTlsMatches, type PortKind } from './chain-matches';
import { inboundFilter } from './inbound-filters';
import { type InboundPort, ingressSidecar, portKind } from './inbound-port';
import { inboundClusterName, inboundPassthroughCluster, virtualInboundName } from './names';

export interface InboundContext {
  readonly mesh: Mesh;
  readonly proxy: Proxy;
  readonly mtls: InboundMtls;
  readonly http10: boolean;
  readonly policies: ProxyPolicies;
}

const workloadCertificate: DownstreamTls = {
  certificate: 'default',
  requireClientCertificate: true,
};

const modeFor = ({ mtls }: InboundContext, port: number): InboundMode =>
  mtls.ports.get(port) ?? mtls;

interface ChainSet {
  readonly name: (handler: ChainMatch['handler']) => string;
  /** 0 for every port that no other chain names. */
  readonly port: number;
  readonly cluster: string;
  readonly tls: DownstreamTls;
  readonly origin: Origin;
}

function buildChains(
  context: InboundContext,
  set: ChainSet,
  matches: readonly ChainMatch[],
): readonly FilterChain[] {
  const { cluster, port, origin } = set;
  return matches.map(({ handler, terminates, transportProtocol, applicationProtocols }) => {
    const chain: FilterChain = {
      name: set.name(handler),
      match: {
        ...(port === 0 ? {} : { destinationPort: port }),
        transportProtocol,
        ...(applicationProtocols === undefined ? {} : { applicationProtocols }),
      },
      ...(terminates ? { tls: set.tls } : {}),
      filter: inboundFilter(handler, { cluster, port, http10: context.http10, origin }),
      origin,
    };
    return withPolicies(chain, context.policies);
  });
}

type ServerTls = NonNullable<NonNullable<InboundPort['ingress']>['tls']>;

/** TLS that the Sidecar's listener terminates itself, where ENABLE_TLS_ON_SIDECAR_INGRESS allows it. */
function ownTls({ mesh }: InboundContext, { ingress }: InboundPort): DownstreamTls | undefined {
  const tls: ServerTls | undefined = ingress?.tls;
  if (tls === undefined || !mesh.flags.enabled('ENABLE_TLS_ON_SIDECAR_INGRESS')) return undefined;
  const { credentialName, serverCertificate, mode } = tls;
  const named = [credentialName, serverCertificate].find(item => typeof item === 'string');
  return {
    certificate: typeof named === 'string' ? named : 'sidecar-ingress',
    requireClientCertificate: mode === 'MUTUAL',
  };
}

/** After its TLS is terminated an HTTPS port carries HTTP, a TLS port bytes (`Instance.AfterTLSTermination`). */
const kindInsideTls = ({ protocol }: InboundPort): PortKind =>
  protocol === 'HTTPS' ? 'http' : portKind(protocol);

/** The chains of a declared port (`listener_inbound.go:buildInboundListeners`). */
export function portChains(context: InboundContext, port: InboundPort): readonly FilterChain[] {
  const { mode } = modeFor(context, port.port);
  const set: ChainSet = {
    name: () => listenerName(port.bind[0], port.port),
    port: port.port,
    cluster: inboundClusterName(port.port),
    tls: workloadCertificate,
    origin: port.origin,
  };
  const tls = ownTls(context, port);
  if (tls === undefined) {
    return buildChains(context, set, chainMatches(mode, portKind(port.protocol), context.http10));
  }
  const inside = kindInsideTls(port);
  const matches =
    mode === 'DISABLE' ? ownTlsMatches(inside) : chainMatches(mode, inside, context.http10);
  return buildChains(context, mode === 'DISABLE' ? { ...set, tls } : set, matches);
}

/** A connection to the capture port itself would loop (`listener_inbound.go:buildInboundBlackhole`). */
function loopChain({ mesh }: InboundContext): FilterChain {
  return {
    name: `${virtualInboundName}-blackhole`,
    match: { destinationPort: mesh.meshConfig.config.proxyInboundListenPort },
    filter: { kind: 'tcp', clusters: { kind: 'single', name: blackHoleCluster } },
    origin: mesh.meshConfig.origin('proxyInboundListenPort'),
  };
}

/** Ports that a PeerAuthentication names and nothing else declares (`policy_applier.go:needPerPortPassthroughFilterChain`). */
function undeclaredPorts({ mesh, proxy, mtls }: InboundContext): readonly number[] {
  const sidecar = ingressSidecar(mesh, proxy);
  const declared = new Set(
    sidecar === undefined
      ? serviceTargetsOf(mesh, proxy).map(({ targetPort }) => targetPort)
      : sidecar.spec.ingress.map(({ port }) => port.number),
  );
  return [...mtls.ports.keys()].filter(port => !declared.has(port)).sort((a, b) => a - b);
}

/**
 * The chains for connections to ports that nothing declares: delivered to the application on the same port
 * (`listener_inbound.go:buildInboundPassthroughChains`).
 */
export function passthroughChains(context: InboundContext): readonly FilterChain[] {
  const chainsFor = (port: number): readonly FilterChain[] => {
    const { mode, origin } = modeFor(context, port);
    const set: ChainSet = {
      name: handler =>
        handler === 'http' ? `${virtualInboundName}-catchall-http` : virtualInboundName,
      port,
      cluster: inboundPassthroughCluster,
      tls: workloadCertificate,
      origin,
    };
    return buildChains(context, set, chainMatches(mode, 'auto', context.http10));
  };
  return [loopChain(context), ...[0, ...undeclaredPorts(context)].flatMap(chainsFor)];
}
