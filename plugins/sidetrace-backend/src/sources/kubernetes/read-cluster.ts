import {
  type Cluster,
  type ClusterListing,
  connectCluster,
  listCluster,
  watchCluster,
} from '@sidetrace/loader/cluster';
import { isTimeout, withinTime } from '../within-time';
import type { ClusterNews, ClusterReader, ClusterRequest } from './cluster-request';
import { packListing } from './pack-listing';

/** How often a cluster that is followed without changes and trouble is told to be current. */
const heartbeatMs = 60_000;

const late = (ms: number) =>
  `the cluster has not been read within ${ms / 1000} s: raise \`timeout\`, or name fewer \`namespaces\``;

/** Packs listings one after the other; of those that come meanwhile only the last one counts. */
class ListingPacker {
  #waiting: ClusterListing | undefined;
  #working: Promise<void> | undefined;
  #digest = '';

  constructor(
    private readonly request: ClusterRequest,
    private readonly onNews: (news: ClusterNews) => void,
  ) {}

  pack(listing: ClusterListing): void {
    this.#waiting = listing;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  /** Resolves when all is packed. */
  async done(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#waiting !== undefined) {
      const listing = this.#waiting;
      this.#waiting = undefined;
      const packed = await packListing(listing, this.request.options);
      const isNew = packed.digest !== this.#digest;
      this.#digest = packed.digest;
      this.onNews(isNew ? { kind: 'snapshot', packed } : { kind: 'unchanged' });
    }
  }
}

async function follow(
  cluster: Cluster,
  request: ClusterRequest,
  onNews: (news: ClusterNews) => void,
  signal: AbortSignal,
): Promise<void> {
  const packer = new ListingPacker(request, onNews);
  // read, and followed without trouble
  let isWell = false;
  const first = setTimeout(() => {
    if (!signal.aborted) onNews({ kind: 'trouble', reason: late(request.timeoutMs) });
  }, request.timeoutMs);
  const heartbeat = setInterval(() => {
    if (isWell) onNews({ kind: 'unchanged' });
  }, heartbeatMs);
  const { namespaces, quietMs } = request;
  try {
    await watchCluster(cluster, {
      signal,
      debounceMs: quietMs,
      ...(namespaces === undefined ? {} : { namespaces }),
      onListing: listing => {
        clearTimeout(first);
        isWell = true;
        packer.pack(listing);
      },
      onTrouble: error => {
        isWell = error === undefined;
        onNews(
          error === undefined ? { kind: 'unchanged' } : { kind: 'trouble', reason: error.message },
        );
      },
    });
    await packer.done();
  } finally {
    clearTimeout(first);
    clearInterval(heartbeat);
  }
}

/** Lists, or follows, a cluster and packs what it holds. Takes as long as that is much: for a thread of its own. */
export const readCluster: ClusterReader = async (request, onNews, signal) => {
  const { connection, namespaces, watch, options, timeoutMs } = request;
  try {
    if (watch) {
      const cluster = await withinTime(timeoutMs, signal, limited =>
        connectCluster(connection, { signal: limited }),
      );
      await follow(cluster, request, onNews, signal);
      return;
    }
    const listing = await withinTime(timeoutMs, signal, async limited =>
      listCluster(await connectCluster(connection, { signal: limited }), {
        signal: limited,
        ...(namespaces === undefined ? {} : { namespaces }),
      }),
    );
    onNews({ kind: 'snapshot', packed: await packListing(listing, options) });
  } catch (error) {
    // it was told to end: that is no failure of the cluster
    if (signal.aborted) return;
    if (isTimeout(error)) throw new Error(late(timeoutMs));
    throw error;
  }
};
