import type { Issue, RawResource } from '@sidetrace/core';
import {
  ClusterError,
  type ClusterListing,
  connectCluster,
  listCluster,
} from '@sidetrace/loader/cluster';
import type { Io } from '../../io';
import { NotReadError } from '../../not-read-error';
import { showProgress } from '../../progress';
import { UsageError } from '../../usage-error';
import { noteManifest, type SnapshotNote } from './snapshot-note';

/** Which cluster the command line names. */
export interface ClusterChoice {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** What a command knows of a cluster. */
export interface ReadCluster {
  readonly note: SnapshotNote;
  /** The objects, and the note among them. */
  readonly resources: readonly RawResource[];
  readonly issues: readonly Issue[];
  readonly listing: ClusterListing;
}

/** A cluster that is named wrongly is a mistake of the command line; one that does not answer is input not read. */
function explained(error: unknown): unknown {
  if (!(error instanceof ClusterError)) return error;
  const { code, reason, hint } = error;
  return code === 'kubeconfig' ? new UsageError(reason, hint) : new NotReadError(reason, hint);
}

/** Counts objects of all kinds on the terminal. */
function counter(io: Io) {
  const progress = showProgress('objects of the cluster', io);
  const counts = new Map<string, number>();
  return {
    onProgress(kind: string, objects: number) {
      counts.set(kind, objects);
      progress.at([...counts.values()].reduce((sum, count) => sum + count, 0));
    },
    end: progress.end,
  };
}

async function read(
  { kubeconfig, context }: ClusterChoice,
  rootNamespace: string | undefined,
  io: Io,
): Promise<ReadCluster> {
  const { onProgress, end } = counter(io);
  try {
    const cluster = await connectCluster({
      kind: 'kubeconfig',
      ...(kubeconfig === undefined ? {} : { path: kubeconfig }),
      ...(context === undefined ? {} : { context }),
    });
    const listing = await listCluster(cluster, {
      onProgress,
      ...(rootNamespace === undefined ? {} : { rootNamespace }),
    });
    const { name, version } = cluster;
    const { unreadKinds, issues } = listing;
    const note = {
      cluster: name,
      ...(version === undefined ? {} : { kubernetes: version }),
      unreadKinds,
    };
    const source = { file: `cluster:${name}`, document: 0, line: 1 };
    const resources = [...listing.resources, { value: noteManifest(note), source }];
    return { note, resources, issues, listing };
  } catch (error) {
    throw explained(error);
  } finally {
    end();
  }
}

const known = new WeakMap<ClusterChoice, Promise<ReadCluster>>();

/** Reads a cluster; a choice that was read before gives what was read then, so that both sides of a diff share it. */
export function readCluster(
  choice: ClusterChoice,
  rootNamespace: string | undefined,
  io: Io,
): Promise<ReadCluster> {
  const found = known.get(choice) ?? read(choice, rootNamespace, io);
  known.set(choice, found);
  return found;
}
