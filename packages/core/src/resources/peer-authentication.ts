import type { Labels, Resource } from './resource';

export type MtlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
export interface PeerAuthenticationSpec {
  readonly selector?: { readonly matchLabels: Labels };
  readonly mtls?: { readonly mode: MtlsMode };
  readonly portLevelMtls?: Readonly<Record<string, { readonly mode: MtlsMode }>>;
}
export type PeerAuthentication = Resource<'PeerAuthentication', PeerAuthenticationSpec>;
