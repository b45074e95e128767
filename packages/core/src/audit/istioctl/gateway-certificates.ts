import type { Gateway, Labels, ServerTls } from '../../resources';
import type { Analyzer } from './analyzer';
import { messageOn } from './message';

const nameOf = ({ metadata }: Gateway) => `${metadata.namespace}/${metadata.name}`;

function sameCertificate(a: ServerTls, b: ServerTls): boolean {
  const credentials = [a.credentialName ?? '', b.credentialName ?? ''];
  if (credentials.every(name => name !== '')) return a.credentialName === b.credentialName;
  if (credentials.some(name => name !== '')) return false;
  const given = (text: string | undefined) => (text ?? '') !== '';
  return (
    given(a.serverCertificate) &&
    a.serverCertificate === b.serverCertificate &&
    given(a.privateKey) &&
    a.privateKey === b.privateKey
  );
}

const isSubset = (part: Labels, whole: Labels) =>
  Object.entries(part).every(([key, value]) => whole[key] === value);

const tlsOf = (gateway: Gateway) =>
  gateway.spec.servers.flatMap(server => (server.tls === undefined ? [] : [server.tls]));

/** What two servers have to agree in; the files only count without a credential. */
function certificateOf({ credentialName = '', serverCertificate = '' }: ServerTls) {
  if (credentialName !== '') return `credential ${credentialName}`;
  return serverCertificate === '' ? undefined : `file ${serverCertificate}`;
}

/** Groups gateways that could share a certificate, so that the pairs looked at stay few. */
function byCertificate(gateways: readonly Gateway[]): ReadonlyMap<string, readonly Gateway[]> {
  const groups = new Map<string, Set<Gateway>>();
  for (const gateway of gateways) {
    for (const tls of tlsOf(gateway)) {
      const key = certificateOf(tls);
      if (key === undefined) continue;
      groups.set(key, (groups.get(key) ?? new Set()).add(gateway));
    }
  }
  return new Map([...groups].map(([key, set]) => [key, [...set]]));
}

/** One certificate in two gateways of the same pods. Source: `gateway/certificate.go`. */
export const gatewayCertificates: Analyzer = {
  name: 'gateway.CertificateAnalyzer',
  codes: ['IST0138'],
  *analyze({ resources }) {
    for (const group of byCertificate(resources.gateways).values()) {
      for (const gateway of group) {
        for (const other of group) {
          if (nameOf(gateway) === nameOf(other)) continue;
          if (!isSubset(gateway.spec.selector, other.spec.selector)) continue;
          const shared = tlsOf(gateway).some(a => tlsOf(other).some(b => sameCertificate(a, b)));
          if (!shared) continue;
          const message = `Duplicate certificate in multiple gateways [${nameOf(gateway)} ${nameOf(other)}] may cause 404s if clients re-use HTTP2 connections.`;
          yield messageOn('IST0138', gateway, message, 'metadata.name');
        }
      }
    }
  },
};
