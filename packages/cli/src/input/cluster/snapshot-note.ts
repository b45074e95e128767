import type { RawResource } from '@sidetrace/core';

const apiVersion = 'sidetrace.dev/v1alpha1';
const kind = 'Snapshot';

/** What a cluster's objects do not show: where they are from, and what is missing among them. */
export interface SnapshotNote {
  /** Name of the cluster. */
  readonly cluster: string;
  /** Version of Kubernetes. */
  readonly kubernetes?: string;
  /** Kinds that could not be read; an answer that needs them cannot be given. */
  readonly unreadKinds: readonly string[];
}

/** The note as an object among those of the cluster; files of a snapshot have it, too. */
export const noteManifest = ({ cluster, ...spec }: SnapshotNote) => ({
  apiVersion,
  kind,
  metadata: { name: cluster },
  spec,
});

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

export const isNote = (value: unknown): boolean =>
  member(value, 'kind') === kind && member(value, 'apiVersion') === apiVersion;

function unreadIn(value: unknown): readonly string[] {
  const kinds = member(member(value, 'spec'), 'unreadKinds');
  return Array.isArray(kinds) ? kinds.filter(item => typeof item === 'string') : [];
}

/** The objects among which there may be notes, without them. */
export interface Noted {
  readonly objects: readonly RawResource[];
  /** Kinds that were not read of some cluster; of a cluster, Secrets never are. */
  readonly unreadKinds: readonly string[];
}

export function readNotes(raw: readonly RawResource[]): Noted {
  const notes = raw.filter(({ value }) => isNote(value));
  if (notes.length === 0) return { objects: raw, unreadKinds: [] };
  const unread = new Set(notes.flatMap(({ value }) => unreadIn(value)));
  return {
    objects: raw.filter(({ value }) => !isNote(value)),
    unreadKinds: [...unread, 'Secret'],
  };
}
