import type { Assumption, Issue, Origin } from '../origin';
import type { DecodedResources, MeshConfig } from '../resources';
import type { MeshService } from './registry/service';
import type { MeshOptions } from './settings/mesh-options';
import type { Workload } from './workload/workload';

/** MeshConfig in force, and where a field of it comes from. */
export interface EffectiveMeshConfig {
  readonly config: MeshConfig;
  /** Origin of a field, by dotted path such as `outboundTrafficPolicy.mode`. */
  readonly origin: (path: string) => Origin;
}

/** A feature flag of istiod with the value in force. */
export interface FeatureFlags {
  readonly enabled: (name: string) => boolean;
  readonly value: (name: string) => string;
}

/**
 * Everything istiod knows, resolved. Immutable. What is derived from it (services, scopes, name tables) is made when it
 * is first asked for and kept as long as the mesh.
 */
export interface Mesh {
  readonly resources: DecodedResources;
  /** The part of `resources` that istiod reads: `discoverySelectors` applied. */
  readonly discovered: DecodedResources;
  readonly options: MeshOptions;
  /** `major.minor`. */
  readonly istioVersion: string;
  readonly flags: FeatureFlags;
  readonly meshConfig: EffectiveMeshConfig;
  readonly rootNamespace: string;
  readonly clusterDomain: string;
  /** Oldest first, as Istio orders them. */
  readonly services: readonly MeshService[];
  readonly workloads: readonly Workload[];
  readonly assumptions: readonly Assumption[];
  readonly issues: readonly Issue[];
}
