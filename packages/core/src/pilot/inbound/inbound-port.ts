import {
  isHttp,
  type Mesh,
  type MeshService,
  originOf,
  type Protocol,
  type Proxy,
  parseProtocol,
  type ServiceTarget,
  serviceTargetsOf,
  sidecarScopeOf,
} from '../../mesh';
import type { Origin } from '../../origin';
import type { IngressListener, Sidecar } from '../../resources';
import type { PortKind } from './chain-matches';
import { globalUnicastIp, localAddresses } from './proxy-addresses';

/** A port of the pod that a Service or the Sidecar declares. */
export interface InboundPort {
  /** Port inside the pod. */
  readonly port: number;
  readonly protocol: Protocol;
  /** Addresses of its listener: they name the chain, and are bound when `bindToPort`. */
  readonly bind: readonly [string, ...string[]];
  readonly bindToPort: boolean;
  /** Listener of the Sidecar that declares it. */
  readonly ingress?: IngressListener;
  /** The service that leads to it. */
  readonly service?: MeshService;
  /** Port that a DestinationRule's `portLevelSettings` name: the service's, or the Sidecar's own. */
  readonly servicePort: number;
  readonly origin: Origin;
}

/** `pilot/pkg/networking/networking.go:ModelProtocolToListenerProtocol`; UDP ends in the TCP chains. */
export function portKind(protocol: Protocol): PortKind {
  if (isHttp(protocol)) return 'http';
  return protocol === 'Unsupported' ? 'auto' : 'tcp';
}

function metadataNumber(proxy: Proxy, name: string, byDefault: number): number {
  const text = Object.hasOwn(proxy.metadata, name) ? proxy.metadata[name] : undefined;
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : byDefault;
}

/** Ports of the proxy's own listeners on the wildcard address (`context.go:conflictWithReservedListener`). */
function isStaticPort(proxy: Proxy, port: number): boolean {
  return (
    port === metadataNumber(proxy, 'ENVOY_STATUS_PORT', 15021) ||
    port === metadataNumber(proxy, 'ENVOY_PROMETHEUS_PORT', 15090)
  );
}

function isCapturePort(mesh: Mesh, port: number): boolean {
  const { proxyListenPort, proxyInboundListenPort } = mesh.meshConfig.config;
  return port === proxyListenPort || port === proxyInboundListenPort;
}

function isUnprivileged(proxy: Proxy, bindToPort: boolean, port: number): boolean {
  return bindToPort && port < 1024 && proxy.metadata.UNPRIVILEGED_POD === 'true';
}

/** Ports of the Services and ServiceEntries that lead to the pod; of two with one target port the older service's counts. */
function servicePorts(mesh: Mesh, proxy: Proxy): readonly InboundPort[] {
  const { wildcards } = localAddresses(proxy);
  const bindToPort = proxy.interceptionMode === 'NONE';
  const ports = new Map<number, InboundPort>();
  for (const target of serviceTargetsOf(mesh, proxy)) {
    const { targetPort } = target;
    const reserved = isStaticPort(proxy, targetPort) || isCapturePort(mesh, targetPort);
    if (reserved || ports.has(targetPort) || isUnprivileged(proxy, bindToPort, targetPort))
      continue;
    ports.set(targetPort, portOf(target, wildcards, bindToPort));
  }
  return [...ports.values()];
}

function portOf(
  { service, port: { port: servicePort, protocol, origin }, targetPort }: ServiceTarget,
  bind: InboundPort['bind'],
  bindToPort: boolean,
): InboundPort {
  return { port: targetPort, protocol, bind, bindToPort, service, servicePort, origin };
}

function conflictsWithStatic(proxy: Proxy, listener: IngressListener, protocol: Protocol): boolean {
  const { bind = '', port } = listener;
  const wildcard = localAddresses(proxy).wildcards[0];
  const onWildcard = bind === '' ? isHttp(protocol) : bind === wildcard;
  return onWildcard && isStaticPort(proxy, port.number);
}

/** Without `bind` the listener stands on the pod's address (`listener_inbound.go:getSidecarInboundBindIPs`). */
function ingressBind(proxy: Proxy, { bind = '' }: IngressListener): InboundPort['bind'] {
  if (bind !== '') return [bind];
  const own = globalUnicastIp(proxy);
  return own === undefined ? localAddresses(proxy).wildcards : [own];
}

/** Ports of `ingress` of the Sidecar, which replace those of Services but belong to the service with that target port. */
function ingressPorts(mesh: Mesh, proxy: Proxy, sidecar: Sidecar): readonly InboundPort[] {
  const ports = new Map<number, InboundPort>();
  const targets = serviceTargetsOf(mesh, proxy);
  for (const [index, ingress] of sidecar.spec.ingress.entries()) {
    const { number } = ingress.port;
    const protocol = parseProtocol(ingress.port.protocol ?? '');
    const { captureMode } = ingress;
    const bindToPort =
      captureMode === 'DEFAULT' ? proxy.interceptionMode === 'NONE' : captureMode === 'NONE';
    if (ports.has(number) || conflictsWithStatic(proxy, ingress, protocol)) continue;
    if (isUnprivileged(proxy, bindToPort, number)) continue;
    const origin = originOf(sidecar, `spec.ingress.${index}`);
    const bind = ingressBind(proxy, ingress);
    const service = targets.find(({ targetPort }) => targetPort === number)?.service;
    ports.set(number, {
      port: number,
      protocol,
      bind,
      bindToPort,
      ingress,
      ...(service === undefined ? {} : { service }),
      servicePort: number,
      origin,
    });
  }
  return [...ports.values()];
}

/** The Sidecar whose `ingress` takes the place of the Services' ports. */
export function ingressSidecar(mesh: Mesh, proxy: Proxy): Sidecar | undefined {
  const { sidecar } = sidecarScopeOf(mesh, proxy);
  return sidecar !== undefined && sidecar.spec.ingress.length > 0 ? sidecar : undefined;
}

/** Both, when PILOT_SIDECAR_SERVICE_INBOUND_LISTENER_MERGE is on: the Sidecar's word counts where both name a port. */
function mergedPorts(mesh: Mesh, proxy: Proxy, sidecar: Sidecar): readonly InboundPort[] {
  const declared = new Set(sidecar.spec.ingress.map(({ port }) => port.number));
  const others = servicePorts(mesh, proxy).filter(({ port }) => !declared.has(port));
  return [...others, ...ingressPorts(mesh, proxy, sidecar)];
}

/** The declared ports of a pod, by number (`listener_inbound.go:buildInboundChainConfigs`). */
export function inboundPorts(mesh: Mesh, proxy: Proxy): readonly InboundPort[] {
  const sidecar = ingressSidecar(mesh, proxy);
  const merge = mesh.flags.enabled('PILOT_SIDECAR_SERVICE_INBOUND_LISTENER_MERGE');
  let ports: readonly InboundPort[];
  if (sidecar !== undefined) {
    ports = merge ? mergedPorts(mesh, proxy, sidecar) : ingressPorts(mesh, proxy, sidecar);
  } else {
    ports = proxy.interceptionMode === 'NONE' ? [] : servicePorts(mesh, proxy);
  }
  return [...ports].sort((a, b) => a.port - b.port);
}
