import type { Cluster, FilterChain, Listener } from '../../envoy';
import { inboundMtlsOf, type Mesh, type Proxy } from '../../mesh';
import type { Origin } from '../../origin';
import { proxyPolicies } from '../authorization/build-rbac';
import { listenerName } from '../names';
import { type InboundContext, passthroughChains, portChains } from './inbound-chains';
import { inboundCluster, passthroughCluster } from './inbound-clusters';
import { type InboundPort, inboundPorts } from './inbound-port';
import { inspectorsFor } from './inspectors';
import { inboundPassthroughCluster, parseInboundClusterName, virtualInboundName } from './names';
import { localAddresses } from './proxy-addresses';

/** The inbound half of a sidecar's configuration. */
export interface InboundProgram {
  /** Takes connections that the kernel redirects on their way in; absent with interception mode NONE. */
  readonly capture: Listener | undefined;
  /** Listeners of Sidecar `ingress` that are really bound to their port. */
  readonly bound: readonly Listener[];
  readonly cluster: (name: string) => Cluster | undefined;
}

interface ListenerOptions {
  readonly name: string;
  readonly addresses: readonly [string, ...string[]];
  readonly port: number;
  readonly chains: readonly FilterChain[];
  readonly origin: Origin;
}

/** `listener_inbound.go:buildInboundListener`. */
function buildListener({ mesh }: InboundContext, options: ListenerOptions): Listener {
  const [address, ...others] = options.addresses;
  const { config } = mesh.meshConfig;
  return {
    name: options.name,
    address,
    ...(others.length === 0 ? {} : { additionalAddresses: others }),
    port: options.port,
    bindToPort: true,
    useOriginalDst: false,
    ...inspectorsFor(options.chains),
    listenerFiltersTimeoutMs: config.protocolDetectionTimeoutMs,
    continueOnListenerFiltersTimeout: true,
    filterChains: options.chains,
    origin: options.origin,
  };
}

function captureListener(context: InboundContext, ports: readonly InboundPort[]): Listener {
  const { mesh, proxy } = context;
  const captured = ports.filter(({ bindToPort }) => !bindToPort);
  return buildListener(context, {
    name: virtualInboundName,
    addresses: localAddresses(proxy).wildcards,
    port: mesh.meshConfig.config.proxyInboundListenPort,
    chains: [...passthroughChains(context), ...captured.flatMap(port => portChains(context, port))],
    origin: mesh.meshConfig.origin('proxyInboundListenPort'),
  });
}

function boundListener(context: InboundContext, port: InboundPort): Listener {
  return buildListener(context, {
    name: listenerName(port.bind[0], port.port),
    addresses: port.bind,
    port: port.port,
    chains: portChains(context, port),
    origin: port.origin,
  });
}

function acceptsHttp10(mesh: Mesh, proxy: Proxy): boolean {
  return mesh.flags.enabled('PILOT_HTTP10') || proxy.metadata.HTTP10 === '1';
}

function build(mesh: Mesh, proxy: Proxy): InboundProgram {
  const ports = inboundPorts(mesh, proxy);
  const context: InboundContext = {
    mesh,
    proxy,
    mtls: inboundMtlsOf(mesh, proxy),
    http10: acceptsHttp10(mesh, proxy),
    policies: proxyPolicies(mesh, proxy),
  };
  const clusters = new Map<string, Cluster | undefined>();
  const makeCluster = (name: string) => {
    const number = parseInboundClusterName(name);
    const port = ports.find(item => item.port === number);
    return port === undefined ? undefined : inboundCluster(mesh, proxy, port);
  };
  const passthrough = passthroughCluster(mesh, proxy);
  return {
    capture: proxy.interceptionMode === 'NONE' ? undefined : captureListener(context, ports),
    bound: ports.filter(({ bindToPort }) => bindToPort).map(port => boundListener(context, port)),
    cluster: name => {
      if (name === inboundPassthroughCluster) return passthrough;
      if (!clusters.has(name)) clusters.set(name, makeCluster(name));
      return clusters.get(name);
    },
  };
}

const programs = new WeakMap<Mesh, WeakMap<Proxy, InboundProgram>>();

/**
 * What a sidecar does with connections into its pod (`pilot/pkg/networking/core/listener_inbound.go`). Made once for
 * each proxy.
 */
export function inboundProgram(mesh: Mesh, proxy: Proxy): InboundProgram {
  const ofMesh = programs.get(mesh) ?? new WeakMap<Proxy, InboundProgram>();
  programs.set(mesh, ofMesh);
  const known = ofMesh.get(proxy);
  if (known !== undefined) return known;
  const made = build(mesh, proxy);
  ofMesh.set(proxy, made);
  return made;
}
