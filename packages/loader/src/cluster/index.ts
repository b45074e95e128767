export type { ClusterConfig } from './cluster-config';
export type { ClusterListing, ListOptions } from './cluster-listing';
