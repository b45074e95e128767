export { analyzeAsIstioctl } from '../audit/istioctl';
export { interceptionVersion, runIptables, scriptText } from '../interception';
export {
  admissionPodOfPod,
  admissionPodOfWorkload,
  decideInjection,
  injectionVersion,
  standardWebhooks,
} from '../mesh/injection';
export { parseCidr, parseIp } from '../net';
