import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { answerJob } from '../analysis/answer-job';
import { type BuiltMesh, buildFrom } from '../analysis/built-mesh';
import { type FolderRequest, readFolder } from '../sources/read-folder';
import { type PackRequest, packFetched } from '../sources/url/pack-fetched';
import { unpackSnapshot } from '../store/snapshot-digest';
import type { JobReply, JobRequest } from './jobs';

/** Marks the threads that this file is the entry of: the bundle imports it in the main thread, too. */
export const meshWorkerMark = 'sidetrace-mesh-worker';

/** Compressed snapshots of all kept meshes together, at most; one is always kept. */
const keptBytes = 32 * 1024 * 1024;

interface Kept {
  readonly built: BuiltMesh;
  readonly bytes: number;
}

/** The meshes that were asked for last, by digest. */
class BuiltMeshes {
  readonly #kept = new Map<string, Kept>();

  find(digest: string): BuiltMesh | undefined {
    const kept = this.#kept.get(digest);
    if (kept === undefined) return undefined;
    this.#kept.delete(digest);
    this.#kept.set(digest, kept);
    return kept.built;
  }

  async build(digest: string, content: Uint8Array): Promise<BuiltMesh> {
    const built = buildFrom(await unpackSnapshot(content));
    this.#kept.set(digest, { built, bytes: content.byteLength });
    let total = [...this.#kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [oldest, { bytes }] of this.#kept) {
      if (total <= keptBytes || oldest === digest) break;
      this.#kept.delete(oldest);
      total -= bytes;
    }
    return built;
  }
}

async function replyTo(request: JobRequest, meshes: BuiltMeshes): Promise<JobReply> {
  const { id, name, digest, input, content } = request;
  // the pool pairs name and input
  try {
    if (name === 'readFolder') {
      return { id, kind: 'result', result: await readFolder(input as FolderRequest) };
    }
    if (name === 'packFetched') {
      return { id, kind: 'result', result: await packFetched(input as PackRequest) };
    }
    const built =
      meshes.find(digest) ??
      (content === undefined ? undefined : await meshes.build(digest, content));
    if (built === undefined) return { id, kind: 'lacks-content' };
    const result = answerJob(built, name, input as never);
    return { id, kind: 'result', result };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    return {
      id,
      kind: 'error',
      message,
      ...(code === undefined ? {} : { code }),
      ...(stack === undefined ? {} : { stack }),
    };
  }
}

function serve(port: MessagePort): void {
  const meshes = new BuiltMeshes();
  let last: Promise<void> = Promise.resolve();
  port.on('message', (request: JobRequest) => {
    // one after the other, in order
    last = last.then(async () => port.postMessage(await replyTo(request, meshes)));
  });
}

if (!isMainThread && workerData === meshWorkerMark && parentPort !== null) serve(parentPort);

/** File that a thread is started with: this one, as source or built. */
export const meshWorkerFile = __filename;
