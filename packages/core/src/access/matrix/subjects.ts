import { findWorkload, getOrMake, type Mesh, proxiesOf, type Workload } from '../../mesh';
import { podShapeOf } from '../../simulation';
import type { AccessOptions } from './access-options';
import { expandTarget, type Target, targetKey, targetsOf } from './targets';

/** A workload of the matrix, with what is declared of it. */
export interface Subject {
  readonly workload: Workload;
  /** Hosts that it declares beside those that all rows have. */
  readonly further: readonly Target[];
  /** Whether it declares a target; absent when it declares nothing. */
  readonly declares?: (target: Target) => boolean;
  /** Equal for subjects that declare the same. */
  readonly key: string;
}

/** Tells gateways; workloads whose first pods have one shape are the same in this, too. */
function gatewayTest(mesh: Mesh): (workload: Workload) => boolean {
  const byShape = new Map<string, boolean>();
  const isRouter = (workload: Workload) => proxiesOf(mesh, workload)[0]?.type === 'router';
  return workload => {
    const [pod] = workload.pods;
    const shape = pod === undefined ? undefined : podShapeOf(mesh, workload, pod);
    return shape === undefined
      ? isRouter(workload)
      : getOrMake(byShape, shape, () => isRouter(workload));
  };
}

function selected(mesh: Mesh, options: AccessOptions): readonly Workload[] {
  const { workloads, namespaces } = options;
  const isGateway = gatewayTest(mesh);
  const all =
    workloads === undefined
      ? mesh.workloads.filter(workload => !isGateway(workload))
      : workloads.flatMap(ref => findWorkload(mesh, ref) ?? []);
  if (namespaces === undefined) return all;
  const wanted = new Set(namespaces);
  return all.filter(({ ref }) => wanted.has(ref.namespace));
}

/** The rows and the columns that a matrix asks for. */
export interface MatrixFrame {
  readonly subjects: readonly Subject[];
  readonly targets: readonly Target[];
}

export function frameOf(mesh: Mesh, options: AccessOptions): MatrixFrame {
  const targets = targetsOf(mesh, options);
  const known = new Map(targets.map(target => [targetKey(target), target] as const));
  const shared = new Set(known.keys());
  const { declared } = options;
  const subjects = selected(mesh, options).map((workload): Subject => {
    const name = `${workload.ref.namespace}/${workload.ref.name}`;
    const own =
      declared !== undefined && Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (own === undefined) return { workload, further: [], key: '' };
    const wanted = own.flatMap(item => expandTarget(mesh, item));
    const places = new Set(wanted.map(({ host, port }) => `${host}:${port}`));
    const further = new Map<string, Target>();
    for (const target of wanted) {
      const key = targetKey(target);
      if (shared.has(key)) continue;
      const same = known.get(key) ?? target;
      known.set(key, same);
      further.set(key, same);
    }
    return {
      workload,
      further: [...further.values()],
      declares: ({ host, port }) => places.has(`${host}:${port}`),
      key: `${[...places].sort().join()}|${[...further.keys()].join()}`,
    };
  });
  return { subjects, targets };
}
