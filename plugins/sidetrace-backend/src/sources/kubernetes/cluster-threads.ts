import type { Worker } from 'node:worker_threads';
import { startThread, type ThreadLimits, threadsEndAlone } from '../../worker/start-thread';
import { SourceError } from '../source-error';
import type { ClusterNews, ClusterReader, ClusterRequest } from './cluster-request';
import {
  clusterThreadFile,
  clusterThreadMark,
  type ThreadReply,
  type ThreadRequest,
} from './cluster-thread';

interface Running {
  readonly onNews: (news: ClusterNews) => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** A thread that reads one cluster. It starts with the first read, and again after it has ended. */
class ClusterThread {
  readonly #running = new Map<number, Running>();
  #worker: Worker | undefined;
  #next = 0;

  constructor(private readonly limits: ThreadLimits) {}

  read(
    request: ClusterRequest,
    onNews: (news: ClusterNews) => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.#next += 1;
    const id = this.#next;
    const stop = () => this.#send({ kind: 'stop', id });
    signal.addEventListener('abort', stop, { once: true });
    return new Promise<void>((resolve, reject) => {
      this.#running.set(id, { onNews, resolve, reject });
      this.#send({ kind: 'start', id, request });
    }).finally(() => signal.removeEventListener('abort', stop));
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    // what is read is given back to the scheduler, for another replica: nothing has failed
    const all = [...this.#running.values()];
    this.#running.clear();
    for (const { resolve } of all) resolve();
    this.#worker = undefined;
    if (!threadsEndAlone) await worker.terminate();
  }

  #send(message: ThreadRequest): void {
    this.#thread().postMessage(message);
  }

  #thread(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = startThread(clusterThreadFile, clusterThreadMark, this.limits);
    worker.on('message', (reply: ThreadReply) => this.#take(reply));
    worker.on('error', error => this.#end(worker, error));
    worker.on('exit', () => this.#end(worker, new Error('the thread has ended')));
    this.#worker = worker;
    return worker;
  }

  #end(worker: Worker, { message }: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const all = [...this.#running.values()];
    this.#running.clear();
    for (const { reject } of all) {
      reject(new SourceError(`the thread that reads the cluster has ended: ${message}`));
    }
  }

  #take(reply: ThreadReply): void {
    const running = this.#running.get(reply.id);
    if (running === undefined) return;
    if (reply.kind === 'news') {
      running.onNews(reply.news);
      return;
    }
    this.#running.delete(reply.id);
    if (reply.failure === undefined) running.resolve();
    else running.reject(new SourceError(reply.failure));
  }
}

/** Threads that read clusters, one for each source. */
export interface ClusterThreads {
  /** What reads the cluster of a source. */
  readerFor(id: string): ClusterReader;
  close(): Promise<void>;
}

/** The main thread parses nothing of a cluster: each source has a thread that does, and that ends with the backend. */
export function clusterThreads(limits: ThreadLimits): ClusterThreads {
  const threads = new Map<string, ClusterThread>();
  return {
    readerFor: id => {
      const thread = new ClusterThread(limits);
      threads.set(id, thread);
      return (request, onNews, signal) => thread.read(request, onNews, signal);
    },
    close: async () => {
      await Promise.all([...threads.values()].map(thread => thread.close()));
    },
  };
}
