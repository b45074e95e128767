import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

export interface ThreadLimits {
  /** Most memory of the thread's heap in megabytes. */
  readonly maxMemoryMb: number;
}

const fromSource = __filename.endsWith('.ts');

/** Run from source, a thread holds a compiler that does not survive the end of a thread: it ends with the process. */
export const threadsEndAlone = fromSource;

/** Run from source, a thread needs the same transformation as the process. */
function loaderArgs(): string[] {
  const transform = createRequire(__filename).resolve(
    '@backstage/cli-node/config/nodeTransform.cjs',
  );
  return ['--require', transform];
}

/** Starts a thread that holds up no end of the process. `mark` tells the file that it is the thread's entry. */
export function startThread(file: string, mark: string, { maxMemoryMb }: ThreadLimits): Worker {
  const worker = new Worker(file, {
    workerData: mark,
    ...(fromSource ? { execArgv: loaderArgs() } : {}),
    resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb },
  });
  worker.unref();
  return worker;
}
