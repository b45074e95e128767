import { findWorkload, type Mesh, proxiesOf, type Workload } from '../../mesh';
import { type Call, simulateAll, stacksOf, workloadClassOf } from '../../simulation';
import type { AccessRow } from '../row';
import { rowId } from '../row-id';
import type { AccessOptions, AccessTarget } from './access-options';
import { type Judgement, judgeTrace, mergeJudgements } from './judge';
import { expandTarget, type Target, targetsOf } from './targets';

const protocols = { HTTP: 'http', TLS: 'https', TCP: 'tcp', UDP: 'udp' } as const;

/** The call that a cell is about. */
export function callOfTarget(workload: Workload, target: Target, pod?: string): Call {
  return {
    from: workload.ref,
    ...(pod !== undefined && { pod }),
    to: target.sample,
    port: target.port,
    protocol: protocols[target.protocol],
  };
}

/** Answers of one class of pods, by target. */
type ClassCells = Map<string, Judgement | undefined>;

/** A pod that stands for its workload, and the answers that it shares with the pods of its class. */
interface SharedPod {
  readonly pod: string;
  readonly cells: ClassCells;
}

/** The pods of a workload that may answer differently: one of each class. */
function podsOf(mesh: Mesh, workload: Workload, classes: Map<string, ClassCells>) {
  const pods = new Map<string, SharedPod>();
  for (const stack of stacksOf(mesh, workload)) {
    const key = workloadClassOf(mesh, stack);
    const cells = classes.get(key) ?? new Map<string, Judgement | undefined>();
    classes.set(key, cells);
    if (!pods.has(key)) pods.set(key, { pod: stack.name, cells });
  }
  return [...pods.values()];
}

function cellOf(
  mesh: Mesh,
  workload: Workload,
  target: Target,
  context: { readonly options: AccessOptions; readonly pods: readonly SharedPod[] },
): Judgement | undefined {
  const { options, pods } = context;
  const key = `${target.host}:${target.port}/${target.protocol}`;
  const judged = pods.flatMap(({ pod, cells }) => {
    if (!cells.has(key)) {
      const call = callOfTarget(workload, target, pod);
      const traces = simulateAll(mesh, call, { ...options, firstBlockOnly: true });
      cells.set(key, mergeJudgements(traces.map(trace => judgeTrace(mesh, trace, target))));
    }
    return cells.get(key) ?? [];
  });
  return mergeJudgements(judged);
}

function isDeclared(
  mesh: Mesh,
  workload: Workload,
  target: Target,
  options: AccessOptions,
): boolean | undefined {
  const { declared } = options;
  const key = `${workload.ref.namespace}/${workload.ref.name}`;
  if (declared === undefined || !Object.hasOwn(declared, key)) return undefined;
  return (declared[key] ?? []).some(item =>
    expandTarget(mesh, item).some(({ host, port }) => host === target.host && port === target.port),
  );
}

function selected(mesh: Mesh, options: AccessOptions): readonly Workload[] {
  const { workloads, namespaces } = options;
  const all =
    workloads === undefined
      ? mesh.workloads.filter(workload => proxiesOf(mesh, workload)[0]?.type !== 'router')
      : workloads.flatMap(ref => findWorkload(mesh, ref) ?? []);
  if (namespaces === undefined) return all;
  const wanted = new Set(namespaces);
  return all.filter(({ ref }) => wanted.has(ref.namespace));
}

function targetsFor(
  mesh: Mesh,
  workload: Workload,
  targets: readonly Target[],
  options: AccessOptions,
) {
  const key = `${workload.ref.namespace}/${workload.ref.name}`;
  const own: readonly AccessTarget[] =
    options.declared !== undefined && Object.hasOwn(options.declared, key)
      ? (options.declared[key] ?? [])
      : [];
  if (own.length === 0) return targets;
  const known = new Set(targets.map(({ host, port, protocol }) => `${host}:${port}/${protocol}`));
  const added = own
    .flatMap(item => expandTarget(mesh, item))
    .filter(({ host, port, protocol }) => !known.has(`${host}:${port}/${protocol}`));
  return [...targets, ...added];
}

/**
 * Which external hosts each workload reaches, by which rule. Workloads of one class share their answers, so the cost
 * follows the number of classes and hosts. Rows come workload by workload.
 */
export function* externalAccess(mesh: Mesh, options: AccessOptions = {}): Iterable<AccessRow> {
  const targets = targetsOf(mesh, options);
  const classes = new Map<string, ClassCells>();
  for (const workload of selected(mesh, options)) {
    const pods = podsOf(mesh, workload, classes);
    for (const target of targetsFor(mesh, workload, targets, options)) {
      const judged = cellOf(mesh, workload, target, { options, pods });
      if (judged === undefined) continue;
      const { host, port, protocol } = target;
      const declared = isDeclared(mesh, workload, target, options);
      yield {
        id: rowId(workload.ref, target),
        workload: workload.ref,
        host,
        port,
        protocol,
        ...judged,
        ...(declared !== undefined && { declared }),
      };
    }
  }
}

/** The transpose: every workload's answer for one host. */
export function whoCanReach(
  mesh: Mesh,
  target: AccessTarget,
  options: AccessOptions = {},
): Iterable<AccessRow> {
  return externalAccess(mesh, { ...options, onlyHosts: [target] });
}
