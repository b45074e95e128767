import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { ClusterNews, ClusterRequest } from './cluster-request';
import { readCluster } from './read-cluster';

/** Marks the threads that this file is the entry of: the main thread imports it, too. */
export const clusterThreadMark = 'sidetrace-cluster-thread';

/** To a thread: reads begin and end. */
export type ThreadRequest =
  | { readonly kind: 'start'; readonly id: number; readonly request: ClusterRequest }
  | { readonly kind: 'stop'; readonly id: number };

/** From a thread. */
export type ThreadReply =
  | { readonly kind: 'news'; readonly id: number; readonly news: ClusterNews }
  | { readonly kind: 'end'; readonly id: number; readonly failure?: string };

/** Runs reads in this thread; each ends with a reply that says so. */
export function serveReads(port: Pick<MessagePort, 'on' | 'postMessage'>): void {
  const running = new Map<number, AbortController>();
  const reply = (message: ThreadReply) => port.postMessage(message);
  const read = async (id: number, request: ClusterRequest) => {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      await readCluster(request, news => reply({ kind: 'news', id, news }), stop.signal);
      reply({ kind: 'end', id });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      reply({ kind: 'end', id, failure });
    } finally {
      running.delete(id);
    }
  };
  port.on('message', (message: ThreadRequest) => {
    if (message.kind === 'stop') running.get(message.id)?.abort();
    else void read(message.id, message.request);
  });
}

if (!isMainThread && workerData === clusterThreadMark && parentPort !== null)
  serveReads(parentPort);

/** File that a thread is started with: this one, as source or built. */
export const clusterThreadFile = __filename;
