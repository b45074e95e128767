export { analyzeAsIstioctl } from './analyze';
export type { AnalysisMessage, MessageCode, MessageLevel } from './message';
export { messageTypes } from './message';
