export { type ExitCode, exitCode } from './exit-code';
export type { Io } from './io';
export { run } from './run';
