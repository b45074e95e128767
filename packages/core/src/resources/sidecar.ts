import type { Labels, Resource } from './resource';

export interface SidecarPort {
  readonly number: number;
  readonly protocol?: string;
  readonly name?: string;
}
export type CaptureMode = 'DEFAULT' | 'IPTABLES' | 'NONE';

export interface EgressListener {
  readonly port?: SidecarPort;
  readonly bind?: string;
  readonly captureMode: CaptureMode;
  /** `namespace/dnsName` patterns. */
  readonly hosts: readonly string[];
}
export interface IngressListener {
  readonly port: SidecarPort;
  readonly bind?: string;
  readonly captureMode: CaptureMode;
  readonly defaultEndpoint?: string;
  readonly tls?: Readonly<Record<string, unknown>>;
}
export interface EgressProxy {
  readonly host: string;
  readonly port?: number;
  readonly subset?: string;
}
export interface SidecarOutboundPolicy {
  /** The zero value is REGISTRY_ONLY: a present but empty message means it. */
  readonly mode: 'REGISTRY_ONLY' | 'ALLOW_ANY';
  readonly egressProxy?: EgressProxy;
}
export interface SidecarSpec {
  readonly workloadSelector?: { readonly labels: Labels };
  readonly ingress: readonly IngressListener[];
  readonly egress: readonly EgressListener[];
  readonly outboundTrafficPolicy?: SidecarOutboundPolicy;
}
export type Sidecar = Resource<'Sidecar', SidecarSpec>;
