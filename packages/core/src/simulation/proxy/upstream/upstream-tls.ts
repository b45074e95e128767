import type { Cluster, UpstreamTls } from '../../../envoy';
import type { Payload, Verification } from '../../wire/payload';
import type { World } from '../../world';
import { splitAuthority } from './upstream-hosts';

type SentTls = Exclude<UpstreamTls, { readonly kind: 'none' }>;

/** Roots in a bundle: as the world says, else a bundle that is named is taken to be the right one. */
function issuersIn(
  world: World | undefined,
  bundle: string | undefined,
): readonly string[] | 'any' {
  const key = bundle ?? 'system';
  const known =
    world?.trust !== undefined && Object.hasOwn(world.trust, key) ? world.trust[key] : undefined;
  return known ?? (bundle === undefined ? ['public'] : 'any');
}

function verification(world: World | undefined, tls: SentTls, host: string): Verification {
  if (tls.clientCertificate === 'workload') return { kind: 'mesh' };
  if (!tls.verify) return { kind: 'none' };
  const given = tls.subjectAltNames ?? [];
  const names = given.length > 0 || tls.autoSanValidation !== true || host === '' ? given : [host];
  return { kind: 'roots', issuers: issuersIn(world, tls.caCertificates), names };
}

/** Host of the request without its port, for automatic SNI and SAN checks. */
function requestHost(payload: Payload): string {
  return payload.kind === 'http' ? splitAuthority(payload.authority).host : '';
}

/** True when Envoy wraps this connection in TLS of its own. */
export function wrapsInTls(cluster: Cluster, endpointTakesMtls: boolean): boolean {
  const { kind } = cluster.tls;
  return kind === 'tls' || (kind === 'per-endpoint' && endpointTakesMtls);
}

/** The bytes that Envoy sends to one endpoint: as they are, or inside its own TLS. */
export function upstreamPayload(
  world: World | undefined,
  cluster: Cluster,
  endpointTakesMtls: boolean,
  spiffe: string,
  payload: Payload,
): Payload {
  const { tls } = cluster;
  if (tls.kind === 'none' || !wrapsInTls(cluster, endpointTakesMtls)) return payload;
  const host = requestHost(payload);
  const isIp = /^[\d.]+$|:/.test(host);
  const sni = tls.sni ?? (tls.autoSni && host !== '' && !isIp ? host : undefined);
  return {
    kind: 'tls',
    ...(sni !== undefined && { sni }),
    alpn: alpnOf(tls, cluster, payload),
    ...(tls.clientCertificate !== 'none' && {
      clientCertificate: tls.clientCertificate === 'workload' ? spiffe : 'file',
    }),
    verify: verification(world, tls, host),
    inner: payload,
  };
}

/** ALPN as istiod configures it (`cluster_tls.go`): Istio's own names first in mesh TLS. */
function alpnOf(tls: SentTls, cluster: Cluster, payload: Payload): readonly string[] {
  const mesh = tls.clientCertificate === 'workload';
  const http2 = cluster.http2 === true || (payload.kind === 'http' && payload.version === '2');
  const http = payload.kind === 'http';
  if (mesh) {
    if (!http) return ['istio-peer-exchange', 'istio'];
    return http2 ? ['istio-h2', 'istio', 'h2'] : ['istio-http/1.1', 'istio', 'http/1.1'];
  }
  if (!http) return [];
  return http2 ? ['h2'] : ['http/1.1'];
}
