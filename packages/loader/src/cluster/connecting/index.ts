export { type ConnectOptions, connectCluster } from './connect-cluster';
export { explainFailure } from './explain-failure';
export { listContexts } from './list-contexts';
