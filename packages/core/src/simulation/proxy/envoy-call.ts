import type { CallRequest, EnvoyCall } from '../../envoy';
import type { HttpPayload, Payload, TlsPayload } from '../wire/payload';

type Spoken = Pick<EnvoyCall, 'protocol' | 'serverFirst' | 'request'>;

const httpNames = { '1.0': 'http/1.0', '1.1': 'http/1.1', '2': 'http2' } as const;

function requestOf(payload: HttpPayload, scheme: 'http' | 'https'): CallRequest {
  const { authority, path, method, headers } = payload;
  return { method, path, scheme, headers, ...(authority !== '' && { authority }) };
}

function spokenBy(payload: Payload, scheme: 'http' | 'https'): Spoken {
  switch (payload.kind) {
    case 'http':
      return { protocol: httpNames[payload.version], request: requestOf(payload, scheme) };
    case 'connect':
      return {
        protocol: payload.version === '2' ? 'http2' : 'http/1.1',
        request: { method: 'CONNECT', path: '', scheme, headers: {}, authority: payload.target },
      };
    case 'silent':
      return { protocol: 'tcp', serverFirst: true };
    case 'bytes':
    case 'tls':
      return { protocol: 'tcp' };
  }
}

function tlsOf(payload: TlsPayload): Pick<EnvoyCall, 'tls'> {
  const { sni, alpn, clientCertificate } = payload;
  const mesh = clientCertificate?.startsWith('spiffe://') === true;
  return {
    tls: {
      alpn,
      ...(sni !== undefined && { sni }),
      ...(clientCertificate !== undefined && {
        certificate: {
          name: mesh ? 'default' : clientCertificate,
          ...(mesh && { principal: clientCertificate }),
        },
      }),
    },
  };
}

/** A connection as Envoy's machine takes it. */
export function envoyCall(
  payload: Payload,
  place: Pick<EnvoyCall, 'entry' | 'address' | 'port' | 'sourceAddress'>,
): EnvoyCall {
  return payload.kind === 'tls'
    ? { ...place, ...tlsOf(payload), ...spokenBy(payload.inner, 'https') }
    : { ...place, ...spokenBy(payload, 'http') };
}
