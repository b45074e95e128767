export { watchCluster } from './watch-cluster';
