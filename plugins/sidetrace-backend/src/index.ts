export { sidetracePlugin as default } from './plugin';
