export type { AccessDiff, AccessOptions, AccessRow, AccessTarget, Verdict } from './access';
export { diffAccess, externalAccess, whatIf } from './access';
export type { AuditReport, Finding, Fix } from './audit';
export { type Explanation, explainTrace, renderText } from './explain';
export {
  type InterceptionResult,
  type InterceptionScript,
  interceptionOf,
} from './interception';
export type {
  Mesh,
  MeshChange,
  MeshOptions,
  MeshSlice,
  Workload,
  WorkloadRef,
  WorkloadStatus,
} from './mesh';
export { applyChanges, buildMesh, findWorkload, sliceMesh, workloadStatusOf } from './mesh';
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
  CallVariant,
  Hop,
  PathCase,
  Reached,
  SimulateOptions,
  Step,
  Symptom,
  Trace,
  TrafficPath,
  World,
} from './simulation';
export { callVariants, reasonCodes, simulate, trafficPaths } from './simulation';
export { parseYaml } from './yaml';
