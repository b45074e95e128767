import type { Worker } from 'node:worker_threads';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { JobName, JobReply, JobRequest, Jobs } from './jobs';
import { meshWorkerFile, meshWorkerMark } from './mesh-worker';
import { startThread, type ThreadLimits, threadsEndAlone } from './start-thread';

/** Compressed content of a snapshot; `undefined` when the store no longer has it. */
export type ContentOf = (digest: string) => Promise<Uint8Array | undefined>;

export interface LaneOptions extends ThreadLimits {
  readonly contentOf: ContentOf;
  readonly logger: LoggerService;
}

interface Waiting {
  readonly request: JobRequest;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One thread that answers jobs in turn. It starts with the first job, and again after it has ended. */
export class WorkerLane {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #next = 0;
  #closed = false;

  constructor(private readonly options: LaneOptions) {}

  run<Name extends JobName>(
    name: Name,
    digest: string,
    input: Jobs[Name]['input'],
  ): Promise<Jobs[Name]['result']> {
    if (this.#closed) return Promise.reject(new ServiceUnavailableError('the backend is stopping'));
    this.#next += 1;
    const request: JobRequest = { id: this.#next, name, digest, input };
    return new Promise((resolve, reject) => {
      // the worker answers a job with the result of its name
      const settle = (result: unknown) => resolve(result as Jobs[Name]['result']);
      this.#waiting.set(request.id, { request, resolve: settle, reject });
      this.#thread().postMessage(request);
    });
  }

  /** Ends the thread; what it was asked and has not answered fails. */
  async close(): Promise<void> {
    this.#closed = true;
    if (!threadsEndAlone) await this.#worker?.terminate();
    this.#fail(new ServiceUnavailableError('the backend is stopping'));
  }

  #thread(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = startThread(meshWorkerFile, meshWorkerMark, this.options);
    worker.on('message', (reply: JobReply) => this.#take(reply));
    worker.on('error', error => this.#end(worker, error));
    worker.on('exit', () => this.#end(worker, new Error('the thread has ended')));
    this.#worker = worker;
    return worker;
  }

  #end(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    if (this.#waiting.size === 0) return;
    this.options.logger.error('a thread that computes has ended', error);
    this.#fail(new ServiceUnavailableError(`the answer could not be computed: ${error.message}`));
  }

  #fail(error: Error): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(error);
  }

  #take(reply: JobReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    if (reply.kind === 'lacks-content') {
      this.#sendContent(waiting).catch((error: Error) => this.#reject(waiting, error));
      return;
    }
    if (reply.kind === 'error') {
      this.options.logger.error(`${waiting.request.name}: ${reply.stack ?? reply.message}`);
      const { message, code } = reply;
      this.#reject(waiting, Object.assign(new Error(message), code === undefined ? {} : { code }));
      return;
    }
    this.#waiting.delete(reply.id);
    waiting.resolve(reply.result);
  }

  #reject({ request, reject }: Waiting, error: Error): void {
    this.#waiting.delete(request.id);
    reject(error);
  }

  async #sendContent({ request }: Waiting): Promise<void> {
    const content = await this.options.contentOf(request.digest);
    if (content === undefined) {
      throw new ServiceUnavailableError('the snapshot is no longer kept; ask again');
    }
    this.#worker?.postMessage({ ...request, content });
  }
}
