export { analyzeAsIstioctl } from '../audit/istioctl';
export { type EnvoyCall, type EnvoyOutcome, type EnvoyWalk, runCall } from '../envoy';
export {
  compileInterception,
  helmValue,
  type InterceptionResult,
  type InterceptionScript,
  identitiesOf,
  interceptionVersion,
  loadScript,
  runIptables,
  scriptText,
} from '../interception';
export {
  answerName,
  buildMesh,
  type Mesh,
  mergeProxySettings,
  type Proxy,
  proxyOfPod,
} from '../mesh';
export {
  admissionPodOfPod,
  admissionPodOfWorkload,
  decideInjection,
  injectionVersion,
  standardWebhooks,
} from '../mesh/injection';
export { parseCidr, parseIp } from '../net';
export { compileProxy } from '../pilot';
export {
  defaultMeshConfig,
  type ObjectVerdict,
  readMeshConfig,
  validateResource,
} from '../resources';
export { type KnownKind, knownKinds } from './known-kinds';
