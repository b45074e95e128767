import type { Cluster } from '../cluster';
import type { ClusterListing, ListOptions } from '../cluster-listing';
import { assembleListing } from './assemble-listing';
import { readStates, sourceOf } from './read-states';
import type { Reading } from './reading';

const usualPage = 500;

/** How a cluster is read, with the defaults. */
export function readingOf(cluster: Cluster, options: ListOptions): Reading {
  const { pageSize = usualPage, signal, onProgress } = options;
  const counts = new Map<string, number>();
  return {
    cluster,
    pageSize,
    signal,
    onObjects(kind, more) {
      const count = (counts.get(kind) ?? 0) + more;
      counts.set(kind, count);
      onProgress?.(kind, count);
    },
  };
}

/**
 * Lists the objects of a cluster that answers depend on. Rejects with a `ClusterError` when the cluster as a whole
 * cannot be read, and with the signal's reason when it is aborted; a kind that cannot be read is an issue.
 *
 * @example const { resources, issues } = await listCluster(await connectCluster({ kind: 'in-cluster' }));
 */
export async function listCluster(
  cluster: Cluster,
  options: ListOptions = {},
): Promise<ClusterListing> {
  const reading = readingOf(cluster, options);
  const { namespaces, rootNamespace } = options;
  const { states } = await readStates(reading, { namespaces, rootNamespace });
  return assembleListing(states, sourceOf(reading));
}
