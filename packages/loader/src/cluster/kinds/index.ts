export { type DiscoverOptions, discoverKinds, groupPath, type ServedKind } from './discover';
export { type ReadKind, readKinds, resourceName } from './kinds';
