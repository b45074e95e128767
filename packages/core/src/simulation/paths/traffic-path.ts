import type { TrafficKind } from '../../traffic';
import type { Trace, WorkloadRef } from '../trace';

/** One call that a kind of traffic consists of, for example the scrape of one port. */
export interface PathCase {
  /** `metrics of Envoy, port 15090`. */
  readonly title: string;
  /** `through Envoy, once`; `direct, Envoy does not see it`. */
  readonly answer: string;
  /** How many times the bytes go through an Envoy of this pod. */
  readonly throughEnvoy: number;
  readonly trace: Trace;
  /** Checkpoints as the published description names them: `OUTPUT`, `ISTIO_OUTPUT rule 9`, `Envoy 15001`, `app`. */
  readonly checkpoints: readonly string[];
  /** Where the result differs from the published nine-rule description, and why. */
  readonly note?: string;
}

/** One of the six kinds of traffic, computed from a workload's own rules. */
export interface TrafficPath {
  readonly kind: TrafficKind;
  readonly title: string;
  /** `another pod calls this pod`. */
  readonly meaning: string;
  /** The answer of the first case. */
  readonly answer: string;
  /** Path in the published description of the classic nine-rule chain. */
  readonly published: readonly string[];
  readonly note?: string;
  /** The typical case first. */
  readonly cases: readonly PathCase[];
  /** The workload has no sidecar (or its pod does not come up): why. */
  readonly withoutSidecar?: string;
  readonly workload: WorkloadRef;
}
