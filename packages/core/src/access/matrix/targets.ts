import { derive, isHttp, isTls, type Mesh, type MeshServicePort, pushTo } from '../../mesh';
import type { AccessProtocol } from '../row';
import type { AccessTarget } from './access-options';

/** One column of the matrix. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly protocol: AccessProtocol;
  /** Name that is dialled: the host, or for a wildcard one that it covers. */
  readonly sample: string;
}

const protocolOf = (port: MeshServicePort): AccessProtocol => {
  if (port.protocol === 'UDP') return 'UDP';
  if (isTls(port.protocol)) return 'TLS';
  return isHttp(port.protocol) ? 'HTTP' : 'TCP';
};

/** A name that no registry knows. */
export const unregisteredHost = 'unregistered.example';

/** What stands for `*` and `*.suffix`. */
function sampleOf(host: string): string {
  if (host === '*') return unregisteredHost;
  return host.startsWith('*.') ? `sample${host.slice(1)}` : host;
}

export const targetKey = ({ host, port, protocol }: Target): string =>
  `${host}:${port}/${protocol}`;

/** One unregistered host for each way of speaking: what these rows say holds for every host that nobody declares. */
const unregistered: readonly Target[] = [
  { host: '*', port: 80, protocol: 'HTTP', sample: unregisteredHost },
  { host: '*', port: 443, protocol: 'TLS', sample: unregisteredHost },
  { host: '*', port: 9999, protocol: 'TCP', sample: unregisteredHost },
];

function unique(targets: readonly Target[]): readonly Target[] {
  return [...new Map(targets.map(target => [targetKey(target), target])).values()];
}

function entryTargets(mesh: Mesh): readonly Target[] {
  return mesh.services
    .filter(({ registry, meshExternal }) => registry === 'external' && meshExternal)
    .flatMap(({ hostname, ports }) =>
      ports.map(port => ({
        host: hostname.toLowerCase(),
        port: port.port,
        protocol: protocolOf(port),
        sample: sampleOf(hostname.toLowerCase()),
      })),
    );
}

function routeTargets(mesh: Mesh): readonly Target[] {
  const known = new Set(mesh.services.map(({ hostname }) => hostname.toLowerCase()));
  const inCluster = (host: string) =>
    host.endsWith(`.${mesh.clusterDomain}`) || !host.includes('.');
  return mesh.resources.virtualServices.flatMap(({ spec }) =>
    spec.hosts
      .map(host => host.toLowerCase())
      .filter(host => !known.has(host) && !inCluster(host))
      .flatMap(host => [
        ...(spec.http.length > 0
          ? [{ host, port: 80, protocol: 'HTTP' as const, sample: sampleOf(host) }]
          : []),
        ...(spec.tls.length > 0
          ? [{ host, port: 443, protocol: 'TLS' as const, sample: sampleOf(host) }]
          : []),
      ]),
  );
}

const meshTargets = derive(
  mesh => [mesh.services, mesh.resources.virtualServices],
  mesh => unique([...entryTargets(mesh), ...routeTargets(mesh), ...unregistered]),
);

const byHost = derive(
  mesh => [meshTargets(mesh)],
  mesh => {
    const index = new Map<string, Target[]>();
    for (const target of meshTargets(mesh)) pushTo(index, target.host, target);
    return index;
  },
);

/** Ports and protocols that a bare host stands for: those the mesh declares for it, else HTTPS and HTTP. */
export function expandTarget(mesh: Mesh, target: AccessTarget): readonly Target[] {
  const host = target.host.toLowerCase();
  const sample = sampleOf(host);
  const { port, protocol } = target;
  const declared = byHost(mesh).get(host) ?? [];
  if (port !== undefined) {
    const known = declared.find(item => item.port === port);
    const guessed = port === 443 ? 'TLS' : port === 80 ? 'HTTP' : 'TCP';
    return [{ host, port, protocol: protocol ?? known?.protocol ?? guessed, sample }];
  }
  if (declared.length > 0) return declared;
  return [
    { host, port: 443, protocol: 'TLS', sample },
    { host, port: 80, protocol: 'HTTP', sample },
  ];
}

/** The columns: hosts of ServiceEntries and VirtualServices, the unregistered ones, and those that the caller adds. */
export function targetsOf(
  mesh: Mesh,
  options: {
    readonly hosts?: readonly AccessTarget[];
    readonly onlyHosts?: readonly AccessTarget[];
  },
): readonly Target[] {
  if (options.onlyHosts !== undefined) {
    return unique(options.onlyHosts.flatMap(target => expandTarget(mesh, target)));
  }
  const added = (options.hosts ?? []).flatMap(target => expandTarget(mesh, target));
  return unique([...meshTargets(mesh), ...added]);
}
