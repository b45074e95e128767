export { type CollectionRequest, flagOf } from './collection-request';
export { decodeContinue } from './continue-token';
export {
  apiGroup,
  apiGroups,
  apiResources,
  coreVersions,
  openApi,
  versionBody,
} from './discovery';
export { get } from './get';
export { list } from './list';
export { continueExpired } from './list-plan';
export { type Watch, watch } from './watch';
export type { WatchEvent } from './watch-event';
export { type WatchPlan, watchExpired, watchPlanOf } from './watch-plan';
