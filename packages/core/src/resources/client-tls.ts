import { type Cursor, field } from './decode/cursor';
import { boolean, compact, enumeration, optionalTexts, text } from './decode/scalars';
/** `ClientTLSSettings` of a DestinationRule or of `outboundTrafficPolicy.tls`. */
export interface ClientTls {
  readonly mode: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly credentialName?: string;
  readonly subjectAltNames?: readonly string[];
  readonly sni?: string;
  /** Three states: unset keeps Istio's default (verify). */
  readonly insecureSkipVerify?: boolean;
  readonly caCrl?: string;
}

const tlsModes = ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'] as const;

export function readClientTls(cursor: Cursor): ClientTls {
  return compact({
    mode: enumeration(field(cursor, 'mode'), tlsModes) ?? 'DISABLE',
    clientCertificate: text(field(cursor, 'clientCertificate')),
    privateKey: text(field(cursor, 'privateKey')),
    caCertificates: text(field(cursor, 'caCertificates')),
    credentialName: text(field(cursor, 'credentialName')),
    subjectAltNames: optionalTexts(field(cursor, 'subjectAltNames')),
    sni: text(field(cursor, 'sni')),
    insecureSkipVerify: boolean(field(cursor, 'insecureSkipVerify')),
    caCrl: text(field(cursor, 'caCrl')),
  });
}
