export { type Disposition, dispositions, type ReasonCode, reasonCodes } from './codes';
export type { Symptom } from './symptom';
export type {
  Blocker,
  Call,
  Candidate,
  Hop,
  HopRole,
  Step,
  StepKind,
  Trace,
  Tuple,
  WorkloadRef,
} from './trace';
