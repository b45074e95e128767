export type {
  AccessDiff,
  AccessOptions,
  AccessRow,
  AccessTarget,
  ChangedRow,
  MeshChange,
  Verdict,
} from './access';
export { verdicts } from './access';
export type { Mesh, MeshOptions, Workload, WorkloadRef } from './mesh';
export type { Assumption, Issue, ObjectRef, Origin, SourceRef } from './origin';
export { formatObjectRef } from './origin';
export {
  type DecodedResources,
  type DecodeResult,
  decodeResources,
  type RawResource,
} from './resources';
export type {
  Call,
  Hop,
  PathCase,
  SimulateOptions,
  Step,
  Symptom,
  Trace,
  TrafficPath,
} from './simulation';
export { parseYaml } from './yaml';
