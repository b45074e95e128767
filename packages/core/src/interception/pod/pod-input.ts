import type { ProxySettings } from '../../mesh';
import type { Origin } from '../../origin';
import type { Labels, PodSpec } from '../../resources';
import type { PodNetwork } from '../options/pod-network';
import type { HelmValues } from './helm-values';

/** Metadata of the pod, or of a workload's pod template, and where it stands in the manifest. */
export interface PodMetadata {
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  /** Origin of a field by its path in a Pod, for example `metadata.annotations.proxy.istio.io/config`. */
  readonly origin: (path: string) => Origin;
}

/** A node as far as the choice of native sidecars depends on it. */
export interface NodeVersion {
  readonly name: string;
  readonly kubeletVersion: string;
}

/** Everything that decides what a pod's interception becomes. The mesh gives the merged settings. */
export interface InterceptionInput {
  readonly istioVersion: string;
  readonly pod: PodMetadata & { readonly spec: PodSpec };
  /**
   * `inject`: the pod as its author wrote it, which the injector takes up. `not-injected`: the injector leaves it alone.
   * `as-is`: the pod as a cluster has it after injection.
   */
  readonly injection: 'inject' | 'not-injected' | 'as-is';
  readonly proxySettings: ProxySettings;
  readonly meshConfig: {
    readonly proxyListenPort: number;
    readonly proxyInboundListenPort: number;
    readonly enablePrometheusMerge: boolean;
    /** Status port of the mesh's `defaultConfig`. */
    readonly statusPort: number;
    readonly origin: (path: string) => Origin;
  };
  readonly helm: HelmValues;
  /** Environment of istiod: ENABLE_NATIVE_SIDECARS, PLATFORM. */
  readonly istiodEnvironment: Readonly<Record<string, string>>;
  /** Annotations of the Namespace, which OpenShift's ids come from. */
  readonly namespaceAnnotations: Readonly<Record<string, string>>;
  readonly nodes: readonly NodeVersion[];
  /** Namespaces that the CNI plugin leaves alone. */
  readonly cniExcludedNamespaces: readonly string[];
  readonly network: PodNetwork;
}
