import { type Cursor, field } from './decode/cursor';
import { compact, entries, enumeration, message, textMap } from './decode/scalars';
import type { Labels, Resource } from './resource';

export type MtlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';
export interface PeerAuthenticationSpec {
  readonly selector?: { readonly matchLabels: Labels };
  readonly mtls?: { readonly mode: MtlsMode };
  readonly portLevelMtls?: Readonly<Record<string, { readonly mode: MtlsMode }>>;
}
export type PeerAuthentication = Resource<'PeerAuthentication', PeerAuthenticationSpec>;

const mtlsModes = ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'] as const;

const readMtls = (cursor: Cursor) => ({
  mode: enumeration(field(cursor, 'mode'), mtlsModes) ?? ('UNSET' as const),
});

export function readPeerAuthentication(spec: Cursor): PeerAuthenticationSpec {
  const ports = field(spec, 'portLevelMtls');
  return compact({
    selector: message(field(spec, 'selector'), item => ({
      matchLabels: textMap(field(item, 'matchLabels')),
    })),
    mtls: message(field(spec, 'mtls'), readMtls),
    portLevelMtls:
      ports.value === undefined ? undefined : Object.fromEntries(entries(ports, readMtls)),
  });
}
