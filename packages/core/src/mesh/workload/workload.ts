import type { Origin } from '../../origin';
import type { Labels, Pod, PodTemplate, WorkloadResource } from '../../resources';

/** Names a workload: the owner of pods, or a bare Pod. */
export interface WorkloadRef {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Pods of one owner, or one bare pod. */
export interface Workload {
  readonly ref: WorkloadRef;
  /** Labels of its pods: the template's, else those of the first pod. */
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  /** The owner's template as written, else the first pod as it runs. */
  readonly template: PodTemplate;
  /** Pods of the input, in input order; empty when the input holds only the owner. */
  readonly pods: readonly Pod[];
  /** The owner's manifest; absent when only its pods are known. */
  readonly resource?: WorkloadResource;
  readonly origin: Origin;
}
