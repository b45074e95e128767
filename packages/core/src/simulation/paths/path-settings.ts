import {
  isHttp,
  type Mesh,
  type MeshService,
  serviceTargetsOf,
  unspecifiedAddress,
  type Workload,
} from '../../mesh';
import type { TrafficPort, TrafficSettings } from '../../traffic';
import { resolverConfig } from '../dns/resolver-config';
import type { PodStack } from '../pod/pod-stack';

function containerPorts(stack: PodStack): readonly number[] {
  return stack.spec.containers
    .filter(({ name }) => name !== 'istio-proxy')
    .flatMap(({ ports = [] }) =>
      ports.filter(({ protocol }) => protocol !== 'UDP').map(port => port.containerPort),
    );
}

/** Where the name of a pod's own Service leads: to its cluster IP, of a headless one to the pod. */
function addressOf({ clusterVips, defaultAddress }: MeshService, { ips }: PodStack): string {
  const [vip = defaultAddress] = clusterVips;
  return vip === unspecifiedAddress ? (ips[0] ?? vip) : vip;
}

function portsOf(mesh: Mesh, stack: PodStack): Pick<TrafficSettings, 'appPorts' | 'ownService'> {
  const targets = stack.proxy === undefined ? [] : serviceTargetsOf(mesh, stack.proxy.proxy);
  const declared = targets.map(
    ({ targetPort, port }): TrafficPort => ({
      port: targetPort,
      protocol: isHttp(port.protocol) ? 'http' : 'tcp',
    }),
  );
  const known = new Set(declared.map(({ port }) => port));
  const others = containerPorts(stack)
    .filter(port => !known.has(port))
    .map((port): TrafficPort => ({ port, protocol: 'tcp' }));
  const all = [...declared, ...others];
  const appPorts = all.filter((item, i) => all.findIndex(({ port }) => port === item.port) === i);
  const own = targets.find(
    ({ service }) => service.registry === 'kubernetes' && service.clusterVips.length > 0,
  );
  if (own === undefined) return { appPorts };
  const { service, port } = own;
  return {
    appPorts,
    ownService: {
      host: service.hostname,
      address: addressOf(service, stack),
      port: { port: port.port, protocol: isHttp(port.protocol) ? 'http' : 'tcp' },
    },
  };
}

/** Usual place of the control plane when the input does not hold its Service. */
const usualIstiod = { address: '10.96.0.200', port: 15012 };

function istiodOf(mesh: Mesh): TrafficSettings['istiod'] {
  const host = `istiod.${mesh.rootNamespace}.svc`;
  const service = mesh.services.find(
    ({ name, namespace, registry }) =>
      registry === 'kubernetes' && namespace === mesh.rootNamespace && name.startsWith('istiod'),
  );
  return { host, port: usualIstiod.port, address: service?.clusterVips[0] ?? usualIstiod.address };
}

function scrapeOf(workload: Workload): TrafficSettings['scrape'] {
  const { annotations } = workload.template;
  const own = (name: string) => (Object.hasOwn(annotations, name) ? annotations[name] : undefined);
  const port = Number(own('prometheus.io/port'));
  if (own('prometheus.io/scrape') !== 'true' || !Number.isInteger(port)) return undefined;
  return { port, path: own('prometheus.io/path') ?? '/metrics' };
}

/** What of a workload decides the calls of its six kinds of traffic. */
export function pathSettings(mesh: Mesh, stack: PodStack): TrafficSettings {
  const { proxy, workload } = stack;
  const scrape = scrapeOf(workload);
  return {
    podIp: stack.ips[0] ?? '127.0.0.1',
    ...portsOf(mesh, stack),
    statusPort: proxy?.agentPort ?? 15020,
    prometheusPort: proxy?.prometheusPort ?? 15090,
    adminPort: proxy?.adminPort ?? 15000,
    istiod: istiodOf(mesh),
    ...(scrape !== undefined && { scrape }),
    ...(proxy?.dnsCapture === true && {
      capturedNameserver: resolverConfig(mesh, stack.namespace, stack.spec).nameserver,
    }),
  };
}
