export { analyzeAsIstioctl } from '../audit/istioctl';
export {
  helmValue,
  type InterceptionResult,
  type InterceptionScript,
  identitiesOf,
  interceptionVersion,
  interceptPod,
  loadScript,
  runIptables,
  scriptText,
} from '../interception';
export { answerName, buildMesh, type Mesh, type Proxy, proxyOfPod } from '../mesh';
export {
  admissionPodOfPod,
  admissionPodOfWorkload,
  decideInjection,
  injectionVersion,
  standardWebhooks,
} from '../mesh/injection';
export { mergeProxySettings } from '../mesh/proxy-settings';
export { parseCidr, parseIp } from '../net';
export { defaultMeshConfig, readMeshConfig } from '../resources';
