import type { EffectiveMtlsMode } from '../../mesh';

/** How a filter chain of an inbound port is chosen and what it does with the bytes. */
export interface ChainMatch {
  readonly applicationProtocols?: readonly string[];
  readonly transportProtocol: 'tls' | 'raw_buffer';
  readonly handler: 'http' | 'tcp';
  /** The chain terminates TLS. */
  readonly terminates: boolean;
}

/** What a port carries: HTTP, opaque bytes, or either, found out at run time. */
export type PortKind = 'http' | 'tcp' | 'auto';

/** Names that sidecars offer each other in mTLS, so that a server knows them from other TLS. */
const istioAlpn = ['istio', 'istio-peer-exchange', 'istio-http/1.0', 'istio-http/1.1', 'istio-h2'];
const istioTcpAlpn = ['istio-peer-exchange', 'istio'];

interface AlpnNames {
  readonly plaintextHttp: readonly string[];
  readonly mtlsHttp: readonly string[];
}

const alpnNames = (http10: boolean): AlpnNames => ({
  plaintextHttp: http10 ? ['http/1.0', 'http/1.1', 'h2c'] : ['http/1.1', 'h2c'],
  mtlsHttp: http10
    ? ['istio-http/1.0', 'istio-http/1.1', 'istio-h2']
    : ['istio-http/1.1', 'istio-h2'],
});

const tls = (
  handler: ChainMatch['handler'],
  terminates: boolean,
  applicationProtocols?: readonly string[],
): ChainMatch => ({
  transportProtocol: 'tls',
  handler,
  terminates,
  ...(applicationProtocols === undefined ? {} : { applicationProtocols }),
});
const plain = (
  handler: ChainMatch['handler'],
  applicationProtocols?: readonly string[],
): ChainMatch => ({
  transportProtocol: 'raw_buffer',
  handler,
  terminates: false,
  ...(applicationProtocols === undefined ? {} : { applicationProtocols }),
});

function permissive(kind: PortKind, names: AlpnNames): readonly ChainMatch[] {
  switch (kind) {
    case 'http':
      return [tls('http', true, istioAlpn), plain('http')];
    case 'tcp':
      return [tls('tcp', true, istioAlpn), plain('tcp'), tls('tcp', false)];
    case 'auto':
      return [
        tls('http', true, names.mtlsHttp),
        plain('http', names.plaintextHttp),
        tls('tcp', true, istioTcpAlpn),
        plain('tcp'),
        tls('tcp', false),
      ];
  }
}

function strict(kind: PortKind, names: AlpnNames): readonly ChainMatch[] {
  return kind === 'auto'
    ? [tls('http', true, names.mtlsHttp), tls('tcp', true)]
    : [tls(kind, true)];
}

function disabled(kind: PortKind, names: AlpnNames): readonly ChainMatch[] {
  return kind === 'auto' ? [plain('http', names.plaintextHttp), plain('tcp')] : [plain(kind)];
}

/** The filter chains of one port by mTLS mode (`pilot/pkg/networking/core/filterchain_options.go:getFilterChainMatchOptions`). */
export function chainMatches(
  mode: EffectiveMtlsMode,
  kind: PortKind,
  http10: boolean,
): readonly ChainMatch[] {
  const names = alpnNames(http10);
  if (mode === 'STRICT') return strict(kind, names);
  return mode === 'PERMISSIVE' ? permissive(kind, names) : disabled(kind, names);
}

/** The one chain of a port whose TLS the Sidecar itself terminates (`getTLSFilterChainMatchOptions`). */
export function ownTlsMatches(kind: PortKind): readonly ChainMatch[] {
  return [tls(kind === 'http' ? 'http' : 'tcp', true)];
}
