import { getOrMake, type Mesh, type Workload } from '../../mesh';
import {
  type PodStack,
  type SimulateOptions,
  simulateAll,
  stacksOf,
  type Trace,
  workloadClassOf,
} from '../../simulation';
import { callOfTarget } from '../matrix/call-of-target';
import { judgeTrace } from '../matrix/judge';
import type { Target } from '../matrix/targets';
import type { AccessRow } from '../row';
import { rowId } from '../row-id';

/** One way that calls of a workload to a destination take: of one class of its pods, one route and one kind of endpoint. */
export interface Way {
  /** A pod that takes it, and how many of the workload do. */
  readonly pod: string;
  readonly pods: number;
  readonly row: AccessRow;
  /** The trace, where the caller asked to keep it. */
  readonly trace?: Trace;
}

type Judged = Omit<AccessRow, 'id' | 'workload' | 'host' | 'port' | 'protocol'>;
type Answers = readonly { readonly judged: Judged; readonly trace?: Trace }[];

/** Answers by class of pod and destination: workloads of one class share them. */
export type WayCache = Map<string, Answers>;

interface PodClass {
  readonly key: string;
  readonly stack: PodStack;
  readonly pods: number;
}

function classesOf(mesh: Mesh, workload: Workload): readonly PodClass[] {
  const classes = new Map<string, PodClass>();
  for (const stack of stacksOf(mesh, workload)) {
    const key = workloadClassOf(mesh, stack);
    const known = classes.get(key);
    classes.set(
      key,
      known === undefined ? { key, stack, pods: 1 } : { ...known, pods: known.pods + 1 },
    );
  }
  return [...classes.values()];
}

export interface WayContext {
  readonly mesh: Mesh;
  readonly options: SimulateOptions;
  readonly cache: WayCache;
  readonly keepTraces?: boolean;
}

/** Every way that calls of a workload to a destination take; empty when the workload has no pod. */
export function waysOf(
  { mesh, options: given, cache, keepTraces }: WayContext,
  workload: Workload,
  target: Target,
): readonly Way[] {
  const { host, port, protocol, sample } = target;
  const options = { ...given, ...(keepTraces !== true && { firstBlockOnly: true }) };
  return classesOf(mesh, workload).flatMap(({ key, stack, pods }) => {
    const answers = getOrMake(cache, `${key} ${sample}:${port}/${protocol}`, () =>
      simulateAll(mesh, callOfTarget(workload, target, stack.name), options).map(trace => ({
        judged: judgeTrace(mesh, trace, target),
        ...(keepTraces === true && { trace }),
      })),
    );
    return answers.map(({ judged, trace }) => ({
      pod: stack.name,
      pods,
      row: {
        id: rowId(workload.ref, target),
        workload: workload.ref,
        host,
        port,
        protocol,
        ...judged,
      },
      ...(trace !== undefined && { trace }),
    }));
  });
}
