export type { Cluster } from './cluster';
export type { ClusterConfig } from './cluster-config';
export { ClusterError, type ClusterErrorCode } from './cluster-error';
export type { ClusterListing, ListOptions, WatchOptions } from './cluster-listing';
export { type ConnectOptions, connectCluster, listContexts } from './connecting';
export { type ReadKind, readKinds } from './kinds';
export { listCluster } from './listing';
export { stripPodSpecs } from './strip';
export { watchCluster } from './watching';
