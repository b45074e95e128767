export { analyzeAsIstioctl } from '../audit/istioctl';
