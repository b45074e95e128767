import { bool, list, message, nullable, text, words } from '../make-type';

/** `ClientTLSSettings`. */
export const clientTls = message({
  caCertificates: text(),
  caCrl: text(),
  clientCertificate: text(),
  credentialName: text(),
  insecureSkipVerify: nullable(bool()),
  mode: words('DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'),
  privateKey: text(),
  sni: text(),
  subjectAltNames: list(text()),
});
