import { labelsMatch, type Mesh, proxiesOf, serviceTargetsOf, type Workload } from '../../mesh';
import type { Subject } from './expectations';

/** `*` stands for any text. */
function covers(pattern: string, name: string): boolean {
  const escaped = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(name);
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
  return mesh.workloads.filter(item => {
    const { ref } = item;
    if (!covers(namespace, ref.namespace)) return false;
    if (workload !== undefined && !covers(workload, ref.name)) return false;
    if (labels !== undefined && !labelsMatch(labels, item.labels)) return false;
    if (ofEntity !== undefined && !ofEntity.includes(`${ref.namespace}/${ref.name}`)) return false;
    return service === undefined || ofService(mesh, item, service);
  });
}
