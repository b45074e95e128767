import {
  type HostSight,
  hostSights,
  isHttp,
  isTls,
  nearHosts,
  type Protocol,
  type Sight,
} from '../../../mesh';
import { parseIp } from '../../../net';
import type { Run } from '../../run';
import type { Payload } from '../../wire/payload';
import { type EnvoyPlace, splitAuthority } from '../upstream/upstream-hosts';
import { isUnknownTraffic } from './unknown-traffic';

/** The name by which the registry would know the destination: Host, server name, or the name that was dialled. */
function nameOf(run: Run, payload: Payload): string | undefined {
  const { to } = run.call;
  const named =
    payload.kind === 'http'
      ? splitAuthority(payload.authority).host
      : payload.kind === 'tls'
        ? (payload.sni ?? to)
        : to;
  const name = named === '' ? to : named;
  return parseIp(name) === undefined ? name.replace(/\.$/, '') : undefined;
}

/** What a short name stands for in the cluster, the name itself first. */
function fullNames(run: Run, place: EnvoyPlace, name: string): readonly string[] {
  const { clusterDomain } = run.mesh;
  return [
    name,
    `${name}.${place.stack.namespace}.svc.${clusterDomain}`,
    `${name}.svc.${clusterDomain}`,
    `${name}.${clusterDomain}`,
  ];
}

function speaks(payload: Payload): (protocol: Protocol) => boolean {
  switch (payload.kind) {
    case 'http':
      return protocol => isHttp(protocol) || protocol === 'Unsupported';
    case 'tls':
      return protocol => isTls(protocol) || protocol === 'TCP' || protocol === 'Unsupported';
    default:
      return protocol => !isHttp(protocol) && !isTls(protocol);
  }
}

/** Objects that have the host and this port but are not what the proxy uses. */
function losers(sights: readonly HostSight[], port: number): readonly HostSight[] {
  const fitting = sights.filter(({ service }) => service.ports.some(item => item.port === port));
  const isUsed = fitting.some(({ sight }) => sight === 'used');
  return fitting.filter(({ sight }) => sight !== 'used' && !(isUsed && hidden.includes(sight)));
}

const hidden: readonly Sight[] = ['not-exported', 'not-imported-by-sidecar'];

interface Asked {
  readonly host: string;
  readonly sights: readonly HostSight[];
}

/** The registry's objects of the host called, and the name under which it has them; absent when the call has no name. */
function askRegistry(run: Run, place: EnvoyPlace, payload: Payload): Asked | undefined {
  const name = nameOf(run, payload);
  if (name === undefined) return undefined;
  const { port } = place.original;
  for (const host of fullNames(run, place, name)) {
    const sights = hostSights(run.mesh, place.proxy.proxy, { host, port });
    if (sights.length > 0) return { host, sights };
  }
  return { host: name, sights: [] };
}

/** Namespace of an object that would take the call and that this sidecar does not see. */
export function hiddenOwner(run: Run, place: EnvoyPlace, payload: Payload): string | undefined {
  if (!isUnknownTraffic(place.walk)) return undefined;
  const sights = askRegistry(run, place, payload)?.sights ?? [];
  const found = losers(sights, place.original.port).find(({ sight }) => hidden.includes(sight));
  return found?.service.namespace;
}

/**
 * How the registry's objects of the host called stand to this sidecar: reasons for those that have the port and are not
 * used, and for calls that nothing takes what nearly would.
 */
export function noteRegistry(run: Run, place: EnvoyPlace, payload: Payload): void {
  const { mesh, recorder } = run;
  const { proxy } = place.proxy;
  if (place.direction !== 'outbound' || proxy.type !== 'sidecar' || recorder.permitting()) return;
  const asked = askRegistry(run, place, payload);
  if (asked === undefined) return;
  const { port } = place.original;
  const { host, sights } = asked;
  for (const { sight } of losers(sights, port)) {
    if (sight !== 'used') recorder.reason(sight);
  }
  if (run.options.firstBlockOnly === true || !isUnknownTraffic(place.walk)) return;
  recorder.near(nearHosts(mesh, proxy, { host, port, speaks: speaks(payload) }));
}
