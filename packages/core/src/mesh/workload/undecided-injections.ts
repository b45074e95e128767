import type { Issue } from '../../origin';
import { derive } from '../derive';
import { injectionOf } from './injection-of';
import type { Workload } from './workload';
import { meshWorkloads } from './workloads';

function issueOf(namespace: string, [first, ...more]: readonly [Workload, ...Workload[]]): Issue {
  const count = more.length + 1;
  const whose = count === 1 ? `\`${first.ref.name}\`` : `${count} workloads`;
  return {
    code: 'namespace-missing',
    severity: 'warning',
    message: `whether ${whose} of namespace \`${namespace}\` ${count === 1 ? 'has' : 'have'} a sidecar cannot be told: the Namespace is not in the input`,
    hint: 'add it, or take such namespaces to be in the mesh: `--inject-default`, `injectDefault`',
  };
}

/** One issue for each namespace that the input lacks and whose labels decide whether pods get a sidecar. */
export const undecidedInjections = derive(
  mesh => [meshWorkloads(mesh), mesh.resources.namespaces, mesh.options],
  (mesh): readonly Issue[] => {
    const known = new Set(mesh.resources.namespaces.map(({ metadata }) => metadata.name));
    const undecided = new Map<string, [Workload, ...Workload[]]>();
    for (const workload of meshWorkloads(mesh)) {
      const { namespace } = workload.ref;
      if (known.has(namespace) || injectionOf(mesh, workload).missing === undefined) continue;
      const others = undecided.get(namespace);
      if (others === undefined) undecided.set(namespace, [workload]);
      else others.push(workload);
    }
    return [...undecided].map(([namespace, workloads]) => issueOf(namespace, workloads));
  },
);
