import type { TrafficKind } from './traffic-kind';

/** Who opens the connection. */
export type TrafficCaller = 'outside' | 'application' | 'proxy' | 'agent';

/** One call that a kind of traffic consists of. */
export interface TrafficCall {
  readonly title: string;
  readonly from: TrafficCaller;
  readonly address: string;
  readonly port: number;
  readonly protocol: 'http' | 'https' | 'tcp' | 'udp';
  readonly host?: string;
  readonly path?: string;
}

export interface TrafficPort {
  readonly port: number;
  readonly protocol: 'http' | 'tcp';
}

/** What of a workload decides its calls. */
export interface TrafficSettings {
  readonly podIp: string;
  /** Ports of the application, as its Services and containers declare them. */
  readonly appPorts: readonly TrafficPort[];
  /** A Service that selects this workload, with the address that it is called by. */
  readonly ownService?: {
    readonly host: string;
    readonly address: string;
    readonly port: TrafficPort;
  };
  /** pilot-agent's port for health and merged metrics. */
  readonly statusPort: number;
  /** Envoy's own port for its metrics. */
  readonly prometheusPort: number;
  readonly adminPort: number;
  /** Port of the `prometheus.io/port` annotation when the pod asks to be scraped. */
  readonly scrape?: { readonly port: number; readonly path: string };
  readonly istiod: { readonly host: string; readonly address: string; readonly port: number };
  /** DNS server of the pod, when the agent answers DNS. */
  readonly capturedNameserver?: string;
}

/** An address outside of the mesh (RFC 5737, TEST-NET-1) for a call to nobody in particular. */
export const remoteAddress = '192.0.2.1';

const first = (ports: readonly TrafficPort[]): TrafficPort =>
  ports[0] ?? { port: 8080, protocol: 'tcp' };

function remoteToLocal(settings: TrafficSettings): readonly TrafficCall[] {
  const ports = settings.appPorts.length > 0 ? settings.appPorts : [first(settings.appPorts)];
  return ports.map(({ port, protocol }) => ({
    title: `call from another pod to port ${port}`,
    from: 'outside',
    address: settings.podIp,
    port,
    protocol,
  }));
}

function localToRemote(settings: TrafficSettings): readonly TrafficCall[] {
  const call: TrafficCall = {
    title: 'call to an address outside the pod, port 80',
    from: 'application',
    address: remoteAddress,
    port: 80,
    protocol: 'tcp',
  };
  if (settings.capturedNameserver === undefined) return [call];
  const query: TrafficCall = {
    title: 'DNS query over UDP',
    from: 'application',
    address: settings.capturedNameserver,
    port: 53,
    protocol: 'udp',
  };
  return [call, query];
}

function prometheusToLocal(settings: TrafficSettings): readonly TrafficCall[] {
  const { podIp, statusPort, prometheusPort, scrape } = settings;
  const from = { from: 'outside', address: podIp, protocol: 'http' } as const;
  const calls: readonly TrafficCall[] = [
    {
      ...from,
      title: `merged metrics of the agent, port ${statusPort}`,
      port: statusPort,
      path: '/stats/prometheus',
    },
    {
      ...from,
      title: `metrics of Envoy, port ${prometheusPort}`,
      port: prometheusPort,
      path: '/stats/prometheus',
    },
  ];
  const own = scrape === undefined || scrape.port === statusPort || scrape.port === prometheusPort;
  if (own) return calls;
  const title = `metrics of the application, port ${scrape.port}`;
  return [...calls, { ...from, title, port: scrape.port, path: scrape.path }];
}

function localToLocal(settings: TrafficSettings): readonly TrafficCall[] {
  const { ownService, podIp } = settings;
  const { port, protocol } = first(settings.appPorts);
  const direct: readonly TrafficCall[] = [
    { title: `own pod IP, port ${port}`, from: 'application', address: podIp, port, protocol },
    { title: `loopback, port ${port}`, from: 'application', address: '127.0.0.1', port, protocol },
  ];
  if (ownService === undefined) return direct;
  const byService: TrafficCall = {
    title: `own service ${ownService.host}, port ${ownService.port.port}`,
    from: 'application',
    address: ownService.address,
    host: ownService.host,
    port: ownService.port.port,
    protocol: ownService.port.protocol,
  };
  return [byService, ...direct];
}

function envoyInternal(settings: TrafficSettings): readonly TrafficCall[] {
  const to = { from: 'agent', protocol: 'http' } as const;
  const port = settings.adminPort;
  return [
    {
      ...to,
      title: `agent to Envoy's admin port ${port}`,
      address: '127.0.0.1',
      port,
      path: '/ready',
    },
    {
      ...to,
      title: 'the same to another loopback address',
      address: '127.0.0.2',
      port,
      path: '/ready',
    },
  ];
}

function sidecarToIstiod({ istiod }: TrafficSettings): readonly TrafficCall[] {
  return [
    {
      title: `agent to ${istiod.host}:${istiod.port}`,
      from: 'agent',
      address: istiod.address,
      host: istiod.host,
      port: istiod.port,
      protocol: 'https',
    },
  ];
}

const calls: Readonly<Record<TrafficKind, (settings: TrafficSettings) => readonly TrafficCall[]>> =
  {
    'remote-to-local': remoteToLocal,
    'local-to-remote': localToRemote,
    'prometheus-to-local': prometheusToLocal,
    'local-to-local': localToLocal,
    'envoy-internal': envoyInternal,
    'sidecar-to-istiod': sidecarToIstiod,
  };

/** The calls of one kind for a workload's own settings, the typical one first. */
export function trafficCalls(kind: TrafficKind, settings: TrafficSettings): readonly TrafficCall[] {
  return calls[kind](settings);
}
