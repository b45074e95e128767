import { findWorkload, type Mesh, proxiesOf, type Workload } from '../../mesh';
import { type Call, simulate, stacksOf, type Trace, workloadClassOf } from '../../simulation';
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

function tracesOf(mesh: Mesh, call: Call, options: AccessOptions): readonly Trace[] {
  const trace = simulate(mesh, call, options);
  if (trace.alternatives === undefined) return [trace];
  return trace.alternatives
    .filter(({ weight }) => weight > 0)
    .map(({ cluster }) => simulate(mesh, call, { ...options, weightedCluster: cluster }));
}

type ClassCells = Map<string, Judgement>;

function judgeClass(
  mesh: Mesh,
  workload: Workload,
  context: { readonly pod: string; readonly target: Target; readonly options: AccessOptions },
): Judgement | undefined {
  const { pod, target, options } = context;
  const traces = tracesOf(mesh, callOfTarget(workload, target, pod), options);
  return mergeJudgements(traces.map(trace => judgeTrace(mesh, trace, target)));
}

function cellOf(
  mesh: Mesh,
  workload: Workload,
  target: Target,
  context: { readonly options: AccessOptions; readonly cells: ClassCells },
): Judgement | undefined {
  const judged = stacksOf(mesh, workload).flatMap(stack => {
    const key = `${workloadClassOf(mesh, stack)}|${target.host}:${target.port}/${target.protocol}`;
    const known = context.cells.get(key);
    if (known !== undefined) return [known];
    const made = judgeClass(mesh, workload, { pod: stack.name, target, options: context.options });
    if (made === undefined) return [];
    context.cells.set(key, made);
    return [made];
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
  const cells: ClassCells = new Map();
  for (const workload of selected(mesh, options)) {
    for (const target of targetsFor(mesh, workload, targets, options)) {
      const judged = cellOf(mesh, workload, target, { options, cells });
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
