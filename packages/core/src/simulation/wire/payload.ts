import { parseIp } from '../../net';
import type { Call } from '../trace';

/** An HTTP request as a client writes it. `authority` is empty when there is no Host header. */
export interface HttpPayload {
  readonly kind: 'http';
  readonly version: '1.0' | '1.1' | '2';
  readonly authority: string;
  readonly path: string;
  readonly method: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly absoluteForm: boolean;
}

/** What the client makes of the certificate that it is shown. */
export type Verification =
  | { readonly kind: 'none' }
  /** Signed by one of `issuers`, and bearing one of `names` when there are any. */
  | {
      readonly kind: 'roots';
      readonly issuers: readonly string[] | 'any';
      readonly names: readonly string[];
    }
  /** A workload certificate of the mesh. */
  | { readonly kind: 'mesh' };

export interface TlsPayload {
  readonly kind: 'tls';
  readonly sni?: string;
  readonly alpn: readonly string[];
  /** Identity in the client's certificate, `spiffe://…`; `other` for a certificate that is none of the mesh's. */
  readonly clientCertificate?: string;
  readonly verify: Verification;
  readonly inner: Payload;
}

/** What a client sends over a connection, from the first byte on. */
export type Payload =
  | HttpPayload
  | TlsPayload
  /** Bytes that are neither HTTP nor TLS. */
  | { readonly kind: 'bytes' }
  /** Nothing: the client waits for the server. */
  | { readonly kind: 'silent' }
  /** A CONNECT request in clear, and after its answer the rest. */
  | {
      readonly kind: 'connect';
      readonly target: string;
      readonly version: '1.1' | '2';
      readonly inner: Payload;
    };

/** Names of the roots that an application trusts when nobody says otherwise. */
export const applicationIssuers = ['public', 'private'];

function httpPayload(call: Call): HttpPayload {
  const headers = Object.entries(call.headers ?? {}).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return {
    kind: 'http',
    version: call.httpVersion ?? (call.protocol === 'http2' ? '2' : '1.1'),
    authority: call.host ?? call.to,
    path: call.path ?? '/',
    method: call.method ?? 'GET',
    headers: Object.fromEntries(headers),
    absoluteForm: call.absoluteForm ?? false,
  };
}

function innerPayload(call: Call): Payload {
  if (call.serverFirst === true) return { kind: 'silent' };
  const http = call.protocol === 'http' || call.protocol === 'http2' || call.protocol === 'https';
  return http ? httpPayload(call) : { kind: 'bytes' };
}

function defaultAlpn(call: Call): readonly string[] {
  const mesh = call.mtls === true;
  if (call.protocol !== 'https') return mesh ? ['istio'] : [];
  if (mesh) {
    return call.httpVersion === '2'
      ? ['istio-h2', 'istio', 'h2']
      : ['istio-http/1.1', 'istio', 'http/1.1'];
  }
  return [call.httpVersion === '2' ? 'h2' : 'http/1.1'];
}

/** Identity that an incoming call with a workload certificate shows, unless the caller says another. */
const callerIdentity = 'spiffe://cluster.local/ns/default/sa/default';

/** Server name of the ClientHello: what the call says, else the name that it dials. An empty one means none. */
function serverName(call: Call): string {
  return call.sni ?? (parseIp(call.to) === undefined ? call.to : '');
}

function verificationOf(call: Call): Verification {
  const name = serverName(call);
  if (call.insecure === true || call.mtls === true || name === '') return { kind: 'none' };
  return { kind: 'roots', issuers: applicationIssuers, names: [name] };
}

/** The bytes of a call. */
export function payloadOf(call: Call): Payload {
  const usesTls = call.protocol === 'https' || call.protocol === 'tls';
  const inner = innerPayload(call);
  const sni = serverName(call);
  const payload: Payload = usesTls
    ? {
        kind: 'tls',
        ...(sni !== '' && { sni }),
        alpn: call.alpn ?? defaultAlpn(call),
        ...(call.mtls === true && { clientCertificate: callerIdentity }),
        verify: verificationOf(call),
        inner,
      }
    : inner;
  return call.connectVia === undefined
    ? payload
    : { kind: 'connect', target: call.connectVia, version: '1.1', inner: payload };
}
