export { assembleListing } from './assemble-listing';
export { listCluster, readingOf } from './list-cluster';
export { presentVersion } from './list-pages';
export { type ListTarget, pathOf, queryOf, targetKey, targetsOf } from './list-target';
export {
  type ReadStates,
  readStates,
  refresh,
  type Selection,
  sourceOf,
  wantedConfigMaps,
} from './read-states';
export type { Reading } from './reading';
export { type KeptObject, keep, keyOf, newState, type TargetState } from './target-state';
