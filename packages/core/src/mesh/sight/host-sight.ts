import type { Mesh } from '../mesh';
import type { Proxy } from '../proxy/proxy';
import { isVisible } from '../registry/registry';
import type { MeshService } from '../registry/service';
import { readImportHosts } from '../scope/import-hosts';
import { sidecarScopeOf } from '../scope/scope-of';
import { isImported, portToMatch } from '../scope/select-services';
import type { SidecarScope } from '../scope/sidecar-scope';
import { versionHas } from '../versions';
import { servicesNamed } from './registered-hosts';

/**
 * How an object of the registry stands to a proxy: it is in its scope, it is not exported to it, its Sidecar does not
 * import it, an object of the own namespace takes its place, or an older one or a Kubernetes Service does.
 */
export type Sight =
  | 'used'
  | 'not-exported'
  | 'not-imported-by-sidecar'
  | 'shadowed-by-own-namespace'
  | 'older-entry-wins';

export interface HostSight {
  readonly service: MeshService;
  readonly sight: Sight;
  /** The service that is used in its place. */
  readonly instead?: MeshService;
}

const objectOf = ({ origin }: Pick<MeshService, 'origin'>) =>
  origin.kind === 'object'
    ? `${origin.object.kind} ${origin.object.namespace ?? ''}/${origin.object.name}`
    : '';

/** True when the service of a scope is this one, or this one was merged into it. */
function isPartOf(service: MeshService, chosen: MeshService): boolean {
  const own = objectOf(service);
  return (
    chosen === service ||
    objectOf(chosen) === own ||
    chosen.ports.some(port => objectOf({ origin: port.origin }) === own)
  );
}

/** True when an egress listener of the Sidecar takes the service on this port. */
function takes(mesh: Mesh, scope: SidecarScope, service: MeshService, port: number): boolean {
  const exclusions = versionHas(mesh.istioVersion, 'sidecarHostExclusion');
  const hasPort = service.ports.some(item => item.port === port);
  return scope.egress.some(({ listener }) => {
    if (listener === undefined) return true;
    const wanted = portToMatch(listener);
    if (wanted !== undefined && hasPort && wanted !== port) return false;
    return isImported(readImportHosts(listener.hosts, scope.namespace, exclusions), service);
  });
}

function sightOf(mesh: Mesh, scope: SidecarScope, service: MeshService, port: number): HostSight {
  const { namespace } = scope;
  const instead = scope.servicesByHostname.get(service.hostname);
  if (instead !== undefined && isPartOf(service, instead)) return { service, sight: 'used' };
  if (!isVisible(service, namespace)) return { service, sight: 'not-exported' };
  if (instead === undefined || !takes(mesh, scope, service, port))
    return { service, sight: 'not-imported-by-sidecar' };
  const shadows = instead.namespace === namespace && service.namespace !== namespace;
  const sight = shadows ? 'shadowed-by-own-namespace' : 'older-entry-wins';
  return { service, sight, instead };
}

/** Every service that has a host (or a wildcard over it), and how it stands to a proxy that calls this port. */
export function hostSights(
  mesh: Mesh,
  proxy: Proxy,
  target: { readonly host: string; readonly port: number },
): readonly HostSight[] {
  const scope = sidecarScopeOf(mesh, proxy);
  return servicesNamed(mesh, target.host).map(service =>
    sightOf(mesh, scope, service, target.port),
  );
}
