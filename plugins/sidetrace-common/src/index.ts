export {
  EXTERNAL_HOSTS_ANNOTATION,
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_ID_ANNOTATION,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  KUBERNETES_NAMESPACE_ANNOTATION,
  WORKLOAD_ANNOTATION,
} from './annotations';
export { type DeclaredHosts, declaredHostsOf } from './binding/declared-hosts';
export type { LabelRequirement } from './binding/label-selector';
export { type BindableWorkload, matchingWorkloads } from './binding/matching-workloads';
export {
  describeQuery,
  isSidetraceAvailable,
  type WorkloadQuery,
  workloadQueryOf,
} from './binding/workload-query';
export { fetchWithToken } from './client/fetch-with-token';
export type { SidetraceApi } from './client/sidetrace-api';
export { SidetraceClient, type SidetraceClientOptions } from './client/sidetrace-client';
export {
  sidetraceEntityReadPermission,
  sidetraceExportPermission,
  sidetraceMeshReadPermission,
  sidetracePermissions,
  sidetraceRefreshPermission,
  sidetraceSimulatePermission,
} from './permissions';
export type { BypassEntry, BypassFilter, BypassPage, BypassRequest } from './wire/bypass';
export {
  type AccessChange,
  type AccessChangeCounts,
  type AccessChangeKind,
  type CellAnswer,
  changeLimit,
  type MeshChanges,
  type SharedOrigin,
} from './wire/changes';
export type {
  AccessCounts,
  BoundWorkload,
  EntityCardAnswer,
  EntityTabAnswer,
  FindingCounts,
  NoAnnotation,
  NoMatch,
  UndeclaredHost,
  WorkloadCard,
} from './wire/entity-answer';
export type { ExportFile, ExportRequest } from './wire/export';
export type {
  FindingDetails,
  FindingFilter,
  FindingState,
  FindingsRequest,
  FixedObject,
  MeshFinding,
  MeshFindingAnswer,
  MeshFindings,
  RenderedFix,
} from './wire/finding-view';
export type {
  CompareRequest,
  HistoryPage,
  HistoryRequest,
  SnapshotComparison,
  SnapshotSummary,
} from './wire/history';
export {
  type CellRequest,
  type CellTrace,
  columnLimit,
  type MatrixColumn,
  type MatrixFilter,
  type MatrixGroup,
  type MatrixPage,
  type MatrixRequest,
} from './wire/matrix';
export type { MeshOverview, OpenedHost } from './wire/mesh-answer';
export { type AffectedWorkloads, affectedLimit, type NamedWorkload } from './wire/named-workload';
export { type NamedCount, type PageInfo, type PageRequest, pageLimit } from './wire/page';
export { issueLimit, type MissingInput, type SourceState } from './wire/source-state';
export type { NearbyHost, SuggestAnswer, Suggestion, SuggestRequest } from './wire/suggestion';
export {
  type EditIssue,
  type EntityWhatIfAnswer,
  type EntityWhatIfRequest,
  type MeshWhatIfAnswer,
  type MeshWhatIfRequest,
  type WhatIfEdits,
  whatIfTextLimit,
} from './wire/what-if';
