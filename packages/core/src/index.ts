export type {
  AccessDiff,
  AccessOptions,
  AccessRow,
  AccessTarget,
  ChangedRow,
  MeshChange,
  Verdict,
} from './access';
export {
  bypassInventory,
  checkExpectations,
  diffAccess,
  type ExpectationReport,
  type Expectations,
  expectationsSchema,
  externalAccess,
  gatewayEnforcement,
  initExpectations,
  nearMisses,
  parseExpectations,
  type Remedy,
  suggestFixes,
  verdicts,
  type WhatIf,
  whatIf,
  whoCanReach,
} from './access';
export {
  type AnalysisMessage,
  type AuditReport,
  analyzeAsIstioctl,
  applyWaivers,
  audit,
  compareWithBaseline,
  type DeclaredHost,
  type Finding,
  type Fix,
  limits,
  makeBaseline,
  readWaivers,
  rules,
  toCsv,
  toJunit,
  toMarkdown,
  toSarif,
  type Waiver,
} from './audit';
export {
  type Explanation,
  explainReason,
  explainSymptom,
  explainTrace,
  renderMarkdown,
  renderText,
} from './explain';
export {
  type InterceptionResult,
  type InterceptionScript,
  interceptionOf,
  type PodInterception,
} from './interception';
export type { Mesh, MeshOptions, MeshSlice, Workload, WorkloadRef, WorkloadStatus } from './mesh';
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
export { reasonCodes, simulate, trafficPaths } from './simulation';
export { parseYaml } from './yaml';
