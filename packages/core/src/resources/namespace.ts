import type { Resource } from './resource';

/** Namespace: only its labels and annotations count. */
export type Namespace = Resource<'Namespace', Readonly<Record<string, never>>>;
