import type { Symptom } from './symptom';

const fixed: Readonly<Record<string, string>> = {
  'dns:nxdomain': 'the name does not resolve (curl: Could not resolve host)',
  'dns:nodata': 'the name has no address of this family (curl: Could not resolve host)',
  'dns:timeout': 'name resolution times out (the agent that answers DNS is not running)',
  'dns:unknown': 'whether the name resolves is not known',
  'connect:refused': 'connection refused',
  'connect:timeout': 'the connection times out',
  'connect:einval': 'connect() fails: Invalid argument',
  'connect:enetunreach': 'connect() fails: Network is unreachable',
  'connect:eaddrnotavail': 'connect() fails: Cannot assign requested address',
  'connect:eacces': 'connect() fails: Permission denied',
  'tls:closed': 'connects, then the TLS handshake is closed (curl: SSL_ERROR_SYSCALL)',
  'tls:wrong_version_number': 'connects, then TLS fails: wrong version number',
  'tls:timeout': 'connects, then the TLS handshake times out',
  'http:closed':
    'connects, then the connection is closed without an answer (curl: Empty reply from server)',
  'http:timeout': 'connects, then no answer comes',
  'http:garbage': 'connects, then gets bytes that are not HTTP',
  'tcp:echo': 'connects and exchanges data',
  'tcp:banner': 'connects and reads the greeting of the server',
  'tcp:data': 'connects and reads data',
  'tcp:closed': 'connects, then the connection is closed',
  'tcp:hang': 'connects, then hangs: neither side says anything',
  'tcp:http-400': 'connects, then reads `HTTP/1.1 400`',
  'udp:echo': 'datagrams are answered',
  'udp:timeout': 'no datagram comes back',
  unknown: 'cannot be told',
};

/** A symptom in words, with what curl prints where that is what people search for. */
export function symptomWords(code: string, symptom: Pick<Symptom, 'http' | 'tls'>): string {
  const known = Object.hasOwn(fixed, code) ? fixed[code] : undefined;
  if (known !== undefined) return known;
  if (code.startsWith('tls:verify-failed'))
    return `the server's certificate is not accepted: ${code.slice('tls:verify-failed: '.length)}`;
  if (code.startsWith('proxy:'))
    return `the CONNECT request is answered ${code.slice('proxy:'.length)}`;
  const by = symptom.http?.answeredBy;
  const who =
    by === 'envoy'
      ? 'the proxy'
      : by === 'agent'
        ? 'pilot-agent'
        : by === 'app'
          ? 'the application'
          : 'the server';
  return `HTTP ${code.slice('http:'.length)}, answered by ${who}`;
}
