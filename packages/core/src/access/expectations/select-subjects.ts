import { labelsMatch, type Mesh, proxiesOf, serviceTargetsOf, type Workload } from '../../mesh';
import type { Subject } from './expectations';

/** `*` stands for any text. */
function covers(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}

/** Gateways forward the calls of others; they are subjects where somebody names them. */
function isGateway(mesh: Mesh, workload: Workload): boolean {
  return proxiesOf(mesh, workload)[0]?.type === 'router';
}

function ofService(mesh: Mesh, workload: Workload, service: string): boolean {
  return proxiesOf(mesh, workload).some(proxy =>
    serviceTargetsOf(mesh, proxy).some(target => covers(service, target.service.name)),
  );
}

/** The workloads that an expectation is about. `entities` says which workloads a catalog entity has. */
export function selectSubjects(
  mesh: Mesh,
  subject: Subject,
  entities: Readonly<Record<string, readonly string[]>> = {},
): readonly Workload[] {
  const { namespace, workload, service, labels, entity } = subject;
  const ofEntity =
    entity === undefined ? undefined : Object.hasOwn(entities, entity) ? entities[entity] : [];
  const named = [workload, service, labels, entity].some(item => item !== undefined);
  return mesh.workloads.filter(item => {
    const { ref } = item;
    if (!named && isGateway(mesh, item)) return false;
    if (!covers(namespace, ref.namespace)) return false;
    if (workload !== undefined && !covers(workload, ref.name)) return false;
    if (labels !== undefined && !labelsMatch(labels, item.labels)) return false;
    if (ofEntity !== undefined && !ofEntity.includes(`${ref.namespace}/${ref.name}`)) return false;
    return service === undefined || ofService(mesh, item, service);
  });
}
