import { bool, list, message, nullable, since, text, words } from '../make-type';
import { atMostOne } from '../rules';

const tlsCertificate = message({
  caCertificates: text(),
  privateKey: text(),
  serverCertificate: text(),
});

/** `ServerTLSSettings`. */
export const serverTls = message(
  {
    caCertCredentialName: text(),
    caCertificates: text(),
    caCrl: text(),
    cipherSuites: list(text()),
    credentialName: text(),
    credentialNames: since(27, list(text(), { minItems: 1, maxItems: 2 }), 0),
    ecdhCurves: list(text()),
    httpsRedirect: bool(),
    insecureSkipVerify: nullable(bool()),
    maxProtocolVersion: words('TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'),
    minProtocolVersion: words('TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3'),
    mode: words(
      'PASSTHROUGH',
      'SIMPLE',
      'MUTUAL',
      'AUTO_PASSTHROUGH',
      'ISTIO_MUTUAL',
      'OPTIONAL_MUTUAL',
    ),
    privateKey: text(),
    serverCertificate: text(),
    subjectAltNames: list(text()),
    tlsCertificates: since(27, list(tlsCertificate, { minItems: 1, maxItems: 2 }), 0),
    verifyCertificateHash: list(text()),
    verifyCertificateSpki: list(text()),
  },
  [
    atMostOne('tlsCertificates', 'credentialNames'),
    atMostOne('credentialName', 'credentialNames'),
    atMostOne('credentialNames', 'tlsCertificates'),
  ],
);
