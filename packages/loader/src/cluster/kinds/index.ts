export { leastRules, type PolicyRule } from './cluster-role';
export { type DiscoverOptions, discoverKinds, groupPath, type ServedKind } from './discover';
export { type ReadKind, readKinds, resourceName } from './kinds';
