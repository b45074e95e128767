import type { ValueOf } from '../../schema';
import type { serverTls } from '../../schema/kinds/server-tls';
import { type Findings, reject, warn } from '../findings';
import { duplicatesOf, isKnownCipherSuite } from '../syntax/cipher-suite';

type ServerTlsMessage = ValueOf<typeof serverTls>;

function validateCiphers(findings: Findings, tls: ServerTlsMessage, path: string): void {
  const old = ['TLSV1_0', 'TLSV1_1'];
  if (old.includes(`${tls.minProtocolVersion}`) && tls.cipherSuites.length === 0) {
    const message =
      'TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer include compatible ciphers.';
    warn(findings, 'no-effect', `${path}.minProtocolVersion`, message);
  }
  const at = `${path}.cipherSuites`;
  const invalid = [...new Set(tls.cipherSuites.filter(suite => !isKnownCipherSuite(suite)))].sort();
  if (invalid.length > 0) {
    warn(findings, 'no-effect', at, `ignoring invalid cipher suites: [${invalid.join(' ')}]`);
  }
  const repeated = duplicatesOf(tls.cipherSuites.filter(isKnownCipherSuite)).sort();
  if (repeated.length > 0) {
    warn(findings, 'duplicate', at, `ignoring duplicate cipher suites: [${repeated.join(' ')}]`);
  }
}

/** Settings that a certificate source sets, with the words of the messages. */
const sources = (tls: ServerTlsMessage): readonly (readonly [boolean, string])[] => [
  [tls.serverCertificate !== '', 'server certificate'],
  [tls.privateKey !== '', 'private key'],
  [tls.caCertificates !== '', 'CA bundle'],
  [tls.tlsCertificates.length > 0, 'tlsCertificates'],
  [tls.credentialName !== '', 'credentialName'],
  [tls.credentialNames.length > 0, 'credentialNames'],
];

function validateIstioMutual(findings: Findings, tls: ServerTlsMessage, path: string): void {
  for (const [given, name] of sources(tls)) {
    if (!given) continue;
    const message = `ISTIO_MUTUAL TLS cannot have associated ${name}`;
    reject(findings, 'certificate-invalid', path, message);
  }
}

function validateSingleSource(findings: Findings, tls: ServerTlsMessage, path: string): void {
  const count = [
    tls.serverCertificate !== '' && tls.privateKey !== '',
    tls.credentialName !== '',
    tls.credentialNames.length > 0,
    tls.tlsCertificates.length > 0,
  ].filter(Boolean).length;
  if (count < 2) return;
  const message =
    'only one of credential_name, credential_names, server_certificate/private_key, tls_certificates should be specified';
  reject(findings, 'conflict', path, message);
}

function validateCertificates(findings: Findings, tls: ServerTlsMessage, path: string): void {
  const mutual = tls.mode !== 'SIMPLE';
  const prefix = mutual ? 'MUTUAL TLS' : 'SIMPLE TLS';
  const require = (given: boolean, what: string) => {
    if (!given) reject(findings, 'certificate-invalid', path, `${prefix} requires a ${what}`);
  };
  if (mutual) require(tls.caCertificates !== '', 'client CA bundle');
  if (tls.tlsCertificates.length > 2) {
    warn(findings, 'range-invalid', path, `${prefix} can support up to 2 server certificates`);
  }
  for (const pair of tls.tlsCertificates.length > 0 ? tls.tlsCertificates : [tls]) {
    require(pair.serverCertificate !== '', 'server certificate');
    require(pair.privateKey !== '', 'private key');
  }
}

function validateRevocation(findings: Findings, tls: ServerTlsMessage, path: string): void {
  if (tls.caCrl === '') return;
  const at = `${path}.caCrl`;
  if (tls.credentialName !== '') {
    const message =
      'CRL is not supported with credentialName. CRL has to be specified in the credential';
    reject(findings, 'conflict', at, message);
  }
  if (tls.mode === 'SIMPLE') {
    reject(findings, 'conflict', at, 'CRL is not supported with SIMPLE TLS');
  }
}

/** `validateTLSOptions`: TLS of a Gateway's server or of a Sidecar's ingress. */
export function validateServerTls(
  findings: Findings,
  tls: ServerTlsMessage | undefined,
  path: string,
): void {
  if (tls === undefined) return;
  validateCiphers(findings, tls, path);
  if (tls.mode === 'ISTIO_MUTUAL') {
    validateIstioMutual(findings, tls, path);
    return;
  }
  const passes = tls.mode === 'PASSTHROUGH' || tls.mode === 'AUTO_PASSTHROUGH';
  if (passes && (tls.caCrl !== '' || sources(tls).some(([given]) => given))) {
    const message = `${tls.mode} mode does not use certificates, they will be ignored`;
    warn(findings, 'no-effect', path, message);
  }
  validateSingleSource(findings, tls, path);
  const terminates = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'].includes(`${tls.mode}`);
  if (terminates && (tls.credentialName !== '' || tls.credentialNames.length > 0)) return;
  if (terminates) validateCertificates(findings, tls, path);
  validateRevocation(findings, tls, path);
}
