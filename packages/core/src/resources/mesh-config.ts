import type { ClientTls } from './client-tls';
import type { LabelSelector } from './resource';
import type { EgressProxy } from './sidecar';

/** `ProxyConfig` message: mesh `defaultConfig`, or the annotation `proxy.istio.io/config`. Absent fields were not given. */
export interface ProxyConfigMessage {
  readonly interceptionMode?: 'REDIRECT' | 'TPROXY' | 'NONE';
  readonly proxyMetadata?: Readonly<Record<string, string>>;
  readonly holdApplicationUntilProxyStarts?: boolean;
  readonly statusPort?: number;
  readonly proxyAdminPort?: number;
  readonly discoveryAddress?: string;
  readonly drainDuration?: string;
  readonly parentShutdownDuration?: string;
  readonly terminationDrainDuration?: string;
  readonly concurrency?: number;
  readonly image?: Readonly<Record<string, unknown>>;
}

export type OutboundMode = 'REGISTRY_ONLY' | 'ALLOW_ANY' | 'ALLOW_ANY_DYNAMIC_DNS';

/** MeshConfig with Istio's defaults merged in (`pkg/config/mesh/mesh.go:DefaultMeshConfig`). Durations in milliseconds. */
export interface MeshConfig {
  readonly outboundTrafficPolicy: {
    readonly mode: OutboundMode;
    readonly tls?: ClientTls;
    readonly egressProxy?: EgressProxy;
  };
  readonly inboundTrafficPolicy: { readonly mode: 'PASSTHROUGH' | 'LOCALHOST' };
  readonly defaultServiceExportTo: readonly string[];
  readonly defaultVirtualServiceExportTo: readonly string[];
  readonly defaultDestinationRuleExportTo: readonly string[];
  readonly serviceEntryVisibility?: Readonly<Record<string, unknown>>;
  readonly discoverySelectors: readonly LabelSelector[];
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly trustDomainAliases: readonly string[];
  readonly connectTimeoutMs: number;
  readonly protocolDetectionTimeoutMs: number;
  readonly proxyListenPort: number;
  readonly proxyInboundListenPort: number;
  readonly proxyHttpPort: number;
  readonly enableAutoMtls: boolean;
  readonly enablePrometheusMerge: boolean;
  readonly dnsRefreshRateMs: number;
  readonly ingressClass?: string;
  readonly defaultConfig: ProxyConfigMessage;
  readonly defaultHttpRetryPolicy?: { readonly attempts: number };
  readonly pathNormalization?: string;
  /** Further fields, as written; nothing is dropped. */
  readonly rest: Readonly<Record<string, unknown>>;
}
