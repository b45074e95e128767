import type { UpstreamTls } from '../../envoy';
import type { Origin } from '../../origin';
import type { ClientTls } from '../../resources';

type WithTls = Extract<UpstreamTls, { readonly kind: 'tls' | 'per-endpoint' }>;

const none: UpstreamTls = { kind: 'none' };

export interface ClientTlsOptions {
  readonly origin: Origin;
  /** SNI of mesh TLS when the rule names none; absent: the Host of the request. */
  readonly defaultSni?: string;
  /** `subjectAltNames` of the ServiceEntry. */
  readonly serviceNames?: readonly string[];
}

/** MUTUAL needs a certificate, from files or by name; without one istiod logs an error and sends plaintext. */
const lacksCertificate = ({ mode, credentialName, clientCertificate, privateKey }: ClientTls) =>
  mode === 'MUTUAL' &&
  (credentialName ?? '') === '' &&
  ((clientCertificate ?? '') === '' || (privateKey ?? '') === '');

/** TLS that a DestinationRule or the mesh's outbound policy asks for (`cluster_tls.go:buildUpstreamClusterTLSContext`). */
export function clientTlsOf(tls: ClientTls, options: ClientTlsOptions): UpstreamTls {
  const { origin, defaultSni, serviceNames = [] } = options;
  const isMesh = tls.mode === 'ISTIO_MUTUAL';
  if (tls.mode === 'DISABLE' || lacksCertificate(tls)) return none;
  const given = (tls.sni ?? '') === '' ? undefined : tls.sni;
  const sni = given ?? (isMesh ? defaultSni : undefined);
  const names = tls.subjectAltNames ?? serviceNames;
  const verify = isMesh || tls.insecureSkipVerify !== true;
  const base: WithTls = {
    kind: 'tls',
    clientCertificate: isMesh ? 'workload' : tls.mode === 'MUTUAL' ? 'file' : 'none',
    autoSni: sni === undefined,
    verify,
    autoSanValidation: verify && sni === undefined && names.length === 0,
    origin,
  };
  return {
    ...base,
    ...(sni === undefined ? {} : { sni }),
    ...(names.length === 0 ? {} : { subjectAltNames: names }),
    ...((tls.caCertificates ?? '') === '' ? {} : { caCertificates: tls.caCertificates }),
  };
}

/** Automatic mesh TLS: for each endpoint by its mark, or for all where the proxy dials what was intercepted. */
export function automaticTls(options: {
  readonly origin: Origin;
  readonly defaultSni?: string;
  readonly perEndpoint: boolean;
}): UpstreamTls {
  const { origin, defaultSni, perEndpoint } = options;
  return {
    kind: perEndpoint ? 'per-endpoint' : 'tls',
    clientCertificate: 'workload',
    ...(defaultSni === undefined ? {} : { sni: defaultSni }),
    autoSni: defaultSni === undefined,
    verify: true,
    origin,
  };
}
