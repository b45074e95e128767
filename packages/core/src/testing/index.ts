export { analyzeAsIstioctl } from '../audit/istioctl';
export { interceptionVersion, runIptables, scriptText } from '../interception';
