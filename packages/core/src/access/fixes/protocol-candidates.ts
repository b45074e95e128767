import {
  findWorkload,
  isHttp,
  isTls,
  type Mesh,
  type MeshService,
  proxiesOf,
  servicesOnPort,
  sidecarScopeOf,
} from '../../mesh';
import { formatObjectRef } from '../../origin';
import { refOf } from '../../resources';
import type { Trace } from '../../simulation';
import { applying, type FixCandidate } from './fix-candidate';
import { entryManifest, serviceManifest } from './manifests';

type Wanted = 'HTTP' | 'HTTP2' | 'TLS' | 'TCP';

/** Port name that gives a protocol (`pkg/config/kube/conversion.go:ConvertProtocol`). */
const portNames: Readonly<Record<Wanted, string>> = {
  HTTP: 'http',
  HTTP2: 'http2',
  TLS: 'https',
  TCP: 'tcp',
};

const objectOf = ({ origin }: MeshService) =>
  origin.kind === 'object' ? formatObjectRef(origin.object) : '';

function declareInEntry(
  mesh: Mesh,
  service: MeshService,
  port: number,
  protocol: Wanted,
): readonly FixCandidate[] {
  const entry = mesh.resources.serviceEntries.find(
    item => formatObjectRef(refOf(item)) === objectOf(service),
  );
  if (entry === undefined) return [];
  const ports = entry.spec.ports.map(item =>
    item.number === port ? { ...item, protocol, name: `${protocol.toLowerCase()}-${port}` } : item,
  );
  const title = `declare port ${port} of \`${service.hostname}\` as ${protocol}`;
  return [applying('protocol', title, entryManifest(entry, { ports }))];
}

function nameInService(
  mesh: Mesh,
  service: MeshService,
  port: number,
  protocol: Wanted,
): readonly FixCandidate[] {
  const found = mesh.resources.services.find(
    item => formatObjectRef(refOf(item)) === objectOf(service),
  );
  if (found === undefined) return [];
  const name = `${portNames[protocol]}-${port}`;
  const ports = found.spec.ports.map(({ appProtocol: _, ...item }) =>
    item.port === port ? { ...item, name } : item,
  );
  const title = `name port ${port} of the Service \`${service.namespace}/${service.name}\` \`${name}\``;
  return [applying('port-name', title, serviceManifest(found, ports))];
}

function has(service: MeshService, port: number, protocol: Wanted): boolean {
  const declared = service.ports.find(item => item.port === port)?.protocol;
  if (declared === undefined) return true;
  if (protocol === 'TLS') return isTls(declared);
  return protocol === 'TCP' ? declared === 'TCP' : isHttp(declared);
}

/** Services in the caller's scope with this port. */
function onPort(mesh: Mesh, trace: Trace): readonly MeshService[] {
  const { from, port } = trace.call;
  const workload = 'outside' in from ? undefined : findWorkload(mesh, from);
  const proxy = workload === undefined ? undefined : proxiesOf(mesh, workload)[0];
  if (proxy === undefined) return [];
  const all = sidecarScopeOf(mesh, proxy).egress.flatMap(egress => servicesOnPort(egress, port));
  return [...new Map(all.map(service => [objectOf(service), service])).values()];
}

/** More objects on one port are not tried one by one. */
const limit = 4;

/**
 * The port declared as what the client speaks: in the object of the host called first, then in the others that share the
 * port, of which the oldest decides.
 */
export function declaring(mesh: Mesh, trace: Trace, protocol: Wanted): readonly FixCandidate[] {
  const { port, to, host } = trace.call;
  const names = [to, host ?? to].map(name => name.toLowerCase());
  const isOwn = ({ hostname }: MeshService) => names.includes(hostname.toLowerCase());
  const fitting = onPort(mesh, trace).filter(service => !has(service, port, protocol));
  const ordered = [...fitting.filter(isOwn), ...fitting.filter(service => !isOwn(service))];
  return ordered
    .slice(0, limit)
    .flatMap(service =>
      service.registry === 'kubernetes'
        ? nameInService(mesh, service, port, protocol)
        : declareInEntry(mesh, service, port, protocol),
    );
}
