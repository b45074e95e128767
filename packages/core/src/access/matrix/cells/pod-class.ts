import type { Workload } from '../../../mesh';
import type { PodStack } from '../../../simulation';
import type { Target } from '../targets';
import type { Answer } from './answer';

/** Pods that answer alike, but for what they meet of the mesh. */
export interface PodClass {
  readonly key: string;
  readonly cells: Map<Target | string, Cells>;
  /** Answers that pods of other namespaces have as well, by `wideKey`; one map for all that share them. */
  readonly wide?: Map<string, Cell>;
}

/** A pod that stands for its workload's pods of one class. */
export interface ClassMember {
  readonly stack: PodStack;
  readonly ofClass: PodClass;
}

export interface Cell {
  readonly answer?: Answer;
  /** Workloads of the mesh that the call meets: they answer for themselves. */
  readonly met: ReadonlySet<Workload>;
}

/** Answers of a class to one target, or to all targets that are alike to it. */
export interface Cells {
  /** Of a call that meets nobody of the mesh: every member's. */
  readonly common?: Cell;
  readonly bySeen: Map<string, Cell[]>;
  readonly own: Map<PodStack, Cell>;
}
