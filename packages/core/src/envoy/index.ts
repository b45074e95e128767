export type {
  ClientCertificate,
  Cluster,
  DiscoveryType,
  Endpoint,
  UpstreamTls,
} from './config/cluster';
export type { ClusterChoice, WeightedCluster } from './config/cluster-choice';
export type { CorsPolicy } from './config/cors-policy';
export type {
  DownstreamTls,
  FilterChain,
  FilterChainMatch,
  NetworkFilter,
  TcpProxy,
} from './config/filter-chain';
export { editHeaders, type HeaderEdits } from './config/header-edits';
export type { HttpConnectionManager, RouteSource } from './config/http-connection-manager';
export type { InspectorFilter, Listener } from './config/listener';
export type { EnvoyProgram } from './config/program';
export type { HttpRbac, NetworkRbac, RbacCondition, RbacPolicy } from './config/rbac';
export type {
  DirectResponse,
  DomainLookup,
  DomainMatch,
  Fault,
  Forward,
  PathMatcher,
  Redirect,
  RegexRewrite,
  RetryPolicy,
  Route,
  RouteAction,
  RouteConfig,
  RouteMatch,
  VirtualHost,
} from './config/route-config';
export type { HeaderMatcher, QueryParameterMatcher, StringMatcher } from './config/string-matcher';
export type { TokenPlaces } from './config/token-places';
export type { CallCertificate, CallRequest, CallTls, EnvoyCall } from './machine/call';
export { runCall } from './machine/run-call';
export {
  type ChosenCluster,
  type EnvoyCandidate,
  type EnvoyOutcome,
  type EnvoyStep,
  type EnvoyWalk,
  envoyOutcomes,
} from './machine/walk';
export type { RunOptions } from './machine/walk-recorder';
export { matchFilterChain } from './matching/match-filter-chain';
export { matchListener } from './matching/match-listener';
export { matchRoute } from './matching/match-route';
export { matchVirtualHost } from './matching/match-virtual-host';
