import type { Origin } from '../../origin';
import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import type { Protocol } from '../registry/protocol';
import type { MeshService } from '../registry/service';
import { type HostSight, hostSights } from './host-sight';
import { hostsOfDomain, hostsSpeltLike, servicesNamed } from './registered-hosts';

/** Something registered that nearly fits a call: what of it does, and what does not. */
export interface NearHost {
  readonly host: string;
  /** Namespace of the object that has the host. */
  readonly namespace: string;
  /** The first thing that keeps it from being used. */
  readonly why:
    | 'not-exported'
    | 'not-imported-by-sidecar'
    | 'shadowed-by-own-namespace'
    | 'older-entry-wins'
    | 'other-port'
    | 'other-protocol'
    | 'spelling'
    | 'same-domain';
  readonly matched: readonly ('host' | 'port' | 'visibility' | 'protocol')[];
  readonly failed: readonly ('host' | 'port' | 'visibility' | 'protocol')[];
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol }[];
  readonly origin: Origin;
}

export interface WantedHost {
  readonly host: string;
  readonly port: number;
  /** Whether a port of this protocol takes what the client speaks. */
  readonly speaks: (protocol: Protocol) => boolean;
}

function nearOf(
  service: MeshService,
  why: NearHost['why'],
  fits: Readonly<Record<NearHost['matched'][number], boolean>>,
): NearHost {
  const names = ['host', 'port', 'visibility', 'protocol'] as const;
  return {
    host: service.hostname.toLowerCase(),
    namespace: service.namespace,
    why,
    matched: names.filter(name => fits[name]),
    failed: names.filter(name => !fits[name]),
    ports: service.ports.map(({ port, protocol }) => ({ port, protocol })),
    origin: service.origin,
  };
}

function fitOf(service: MeshService, { port, speaks }: WantedHost) {
  const declared = service.ports.find(item => item.port === port);
  return {
    port: declared !== undefined,
    protocol: declared !== undefined && speaks(declared.protocol),
  };
}

function nearOfSight({ service, sight }: HostSight, wanted: WantedHost): readonly NearHost[] {
  const fit = fitOf(service, wanted);
  if (sight !== 'used') {
    return fit.port
      ? [nearOf(service, sight, { ...fit, host: true, visibility: false })]
      : [nearOf(service, 'other-port', { ...fit, host: true, visibility: false })];
  }
  if (fit.port && fit.protocol) return [];
  const why = fit.port ? 'other-protocol' : 'other-port';
  return [nearOf(service, why, { ...fit, host: true, visibility: true })];
}

function nearOfName(
  mesh: Mesh,
  proxy: Proxy,
  host: string,
  why: 'spelling' | 'same-domain',
  wanted: WantedHost,
): readonly NearHost[] {
  return hostSights(mesh, proxy, { host, port: wanted.port })
    .slice(0, 1)
    .map(({ service, sight }) =>
      nearOf(service, why, {
        ...fitOf(service, wanted),
        host: false,
        visibility: sight === 'used',
      }),
    );
}

/** Registered external hosts that are spelt like a name, then those of its domain. */
export function nearNames(
  mesh: Mesh,
  host: string,
): readonly { readonly name: string; readonly why: 'spelling' | 'same-domain' }[] {
  const spelt = hostsSpeltLike(mesh, host);
  const related = hostsOfDomain(mesh, host).filter(item => !spelt.includes(item));
  return [
    ...spelt.map(name => ({ name, why: 'spelling' as const })),
    ...related.map(name => ({ name, why: 'same-domain' as const })),
  ];
}

const limit = 5;

/**
 * What nearly fits a call that the registry does not route: objects with this host, each with what keeps it from being
 * used, then hosts that are spelt alike, then those of the same domain. At most five, the nearest first.
 */
export function nearHosts(mesh: Mesh, proxy: Proxy, wanted: WantedHost): readonly NearHost[] {
  const host = wanted.host.toLowerCase();
  const same = hostSights(mesh, proxy, { host, port: wanted.port })
    .flatMap(sight => nearOfSight(sight, wanted))
    .sort((a, b) => a.failed.length - b.failed.length);
  if (same.length >= limit) return same.slice(0, limit);
  const others = nearNames(mesh, host).filter(({ name }) => !covers(mesh, name, host));
  return [
    ...same,
    ...others
      .slice(0, limit - same.length)
      .flatMap(({ name, why }) => nearOfName(mesh, proxy, name, why, wanted)),
  ];
}

/** True for a wildcard that is among the objects of the host itself. */
const covers = (mesh: Mesh, name: string, host: string) =>
  name.startsWith('*') &&
  servicesNamed(mesh, host).some(({ hostname }) => hostname.toLowerCase() === name);
