export type { MeshChange } from '../mesh';
export type { OwnOrigin } from '../simulation';
export type { AccessDiff, ChangedRow } from './changes/diff';
export { diffAccess } from './changes/diff-access';
export { type ChangedGroup, diffMatrices, type MatrixDiff } from './changes/diff-matrices';
export { type WhatIf, whatIf } from './changes/what-if';
export { type MatrixWhatIf, whatIfMatrix } from './changes/what-if-matrix';
export { digest } from './digest';
export {
  type CheckOptions,
  type CheckStatus,
  type Counterexample,
  checkExpectations,
  type ExpectationReport,
  type ExpectationResult,
} from './expectations/check-expectations';
export type { Expectation, Expectations } from './expectations/expectations';
export {
  type ExplainedExpectation,
  type ExplainedWay,
  explainExpectation,
} from './expectations/explain-expectation';
export { initExpectations } from './expectations/init-expectations';
export {
  type ParsedExpectations,
  parseExpectations,
} from './expectations/reading/parse-expectations';
export { expectationsSchema } from './expectations/reading/schema';
export { type FixKind, fixKinds } from './fixes/fix-candidate';
export { type NearMiss, nearMisses } from './fixes/near-misses';
export { type Remedy, suggestFixes } from './fixes/suggest-fixes';
export { type BypassRow, bypassInventory } from './inventory/bypass-inventory';
export { type DirectWay, directWay } from './inventory/direct-way';
export { type GatewayEnforcement, gatewayEnforcement } from './inventory/gateway-enforcement';
export { accessMatrix } from './matrix/access-matrix';
export type { AccessOptions, AccessTarget } from './matrix/access-options';
export { callOfTarget } from './matrix/call-of-target';
export { externalAccess, whoCanReach } from './matrix/external-access';
export type { AccessGroupRow, AccessMatrix } from './matrix/group-row';
export { type Judgement, judgeTrace, succeeds } from './matrix/judge';
export { expandTarget, type Target } from './matrix/targets';
export type { WorkloadGroup } from './matrix/workload-group';
export {
  type AccessProtocol,
  type AccessRow,
  type Control,
  type Delivery,
  type Verdict,
  verdicts,
} from './row';
