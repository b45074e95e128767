import type { OutboundMode } from '../../resources';

/** What the caller says beside the objects. Absent members are read from the objects or take Istio's default. */
export interface MeshOptions {
  /** `major.minor`, for example `1.30`. */
  readonly istioVersion?: string;
  /** istiod environment variables, for example `PILOT_HTTP10`: `true`. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Namespace of objects that name none; only recorded, decoding applies it. */
  readonly defaultNamespace?: string;
  /** Whether a namespace of which nothing is known is in the mesh. */
  readonly injectDefault?: boolean;
  /** Namespace of istiod; `istio-system` when not given. */
  readonly rootNamespace?: string;
  /** `cluster.local` when not given. */
  readonly clusterDomain?: string;
  /** Network of the cluster; empty when not given. */
  readonly network?: string;
  /** Outbound mode of the mesh in place of what MeshConfig says, for a what-if. */
  readonly outboundMode?: OutboundMode;
  /** Kinds that the source was not allowed to read, for example `ServiceEntry`. */
  readonly unreadKinds?: readonly string[];
  /** Addresses that were chosen for objects without one, when this mesh is a part of another (`sliceMesh`). */
  readonly assumedAddresses?: Readonly<Record<string, string>>;
}
