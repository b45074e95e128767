import type { ObjectRef } from '../../origin';

/** istiod as a manifest installs it. */
export interface Installation {
  /** What says so. */
  readonly object: ObjectRef;
  /** Of istiod. */
  readonly namespace: string;
  /** Values of the istiod chart. */
  readonly values: unknown;
  /** MeshConfig, and the dotted path to it. */
  readonly meshConfig: unknown;
  readonly meshConfigPath: string;
  /** Version of Istio or of its chart, which is the same. */
  readonly version?: string;
  /** Files and objects with further values, which are not read. */
  readonly elsewhere?: readonly string[];
}

export const usualNamespace = 'istio-system';
