import type { ValueOf } from '../../schema';
import type { clientTls } from '../../schema/kinds/client-tls';
import { type Findings, quoted, reject } from '../findings';

type ClientTlsMessage = ValueOf<typeof clientTls>;

const configMapScheme = 'configmap://';

/** A `configmap://namespace/name` credential names a ConfigMap of the rule's own namespace. */
function checkConfigMap(credential: string, namespace: string): string | undefined {
  if (!credential.startsWith(configMapScheme)) return undefined;
  const prefix = 'invalid configmap:// credentialName:';
  const [owner, name] = credential.slice(configMapScheme.length).split('/');
  const invalid = `${prefix} invalid resource name ${quoted(credential)}. Expected`;
  if (name === undefined) return `${invalid} namespace and name`;
  if (owner === '') return `${invalid} namespace`;
  if (name === '') return `${invalid} name`;
  return owner === namespace
    ? undefined
    : `${prefix} namespace must match the configuration namespace ${quoted(namespace)}`;
}

function checkSkippedVerification(tls: ClientTlsMessage): string | undefined {
  if (tls.insecureSkipVerify !== true) return undefined;
  const names = tls.caCertificates !== '' || tls.subjectAltNames.length > 0;
  if (tls.mode === 'SIMPLE' && (names || tls.credentialName !== '')) {
    return 'cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true';
  }
  return tls.mode === 'MUTUAL' && names
    ? 'cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true'
    : undefined;
}

/** `agent.ValidateTLS`: settings of a connection that the proxy opens. */
export function validateClientTls(
  findings: Findings,
  tls: ClientTlsMessage | undefined,
  place: { readonly path: string; readonly namespace: string },
): void {
  if (tls === undefined) return;
  const { path, namespace } = place;
  const refuse = (message: string | undefined) => {
    if (message !== undefined) reject(findings, 'certificate-invalid', path, message);
  };
  refuse(checkConfigMap(tls.credentialName, namespace));
  refuse(checkSkippedVerification(tls));
  const originates = tls.mode === 'SIMPLE' || tls.mode === 'MUTUAL';
  if (originates && tls.credentialName !== '') {
    const files = tls.clientCertificate + tls.caCertificates + tls.privateKey + tls.caCrl;
    if (files !== '') {
      refuse(
        'cannot specify client certificates or CA certificate or CA CRL If credentialName is set',
      );
    }
    return;
  }
  if (tls.mode !== 'MUTUAL') return;
  if (tls.clientCertificate === '') refuse('client certificate required for mutual tls');
  if (tls.privateKey === '') refuse('private key required for mutual tls');
}
