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
export {
  type SidetraceApi,
  SidetraceClient,
  type SidetraceClientOptions,
} from './client/sidetrace-client';
export {
  sidetraceEntityReadPermission,
  sidetraceExportPermission,
  sidetraceMeshReadPermission,
  sidetracePermissions,
  sidetraceRefreshPermission,
  sidetraceSimulatePermission,
} from './permissions';
export type {
  AccessCounts,
  BoundWorkload,
  EntityCardAnswer,
  EntityTabAnswer,
  FindingCounts,
  NoAnnotation,
  NoMatch,
  WorkloadCard,
} from './wire/entity-answer';
export type {
  AccessMatrix,
  MatrixCell,
  MatrixColumn,
  MatrixRow,
  MeshFindings,
  MeshOverview,
  NamedCount,
} from './wire/mesh-answer';
export { issueLimit, type SourceState } from './wire/source-state';
