import type { Cluster } from '../../../envoy';
import { chooseEndpoint, endpointName } from '../../alternatives/choose-endpoint';
import type { Run } from '../../run';
import { certificateError } from '../../server/certificates';
import { connectFailure } from '../../wire/connect-failure';
import type { Exchange } from '../../wire/exchange';
import type { Payload } from '../../wire/payload';
import { type EnvoyPlace, type UpstreamHost, upstreamHosts } from './upstream-hosts';
import { upstreamPayload, wrapsInTls } from './upstream-tls';

/** What became of Envoy's own connection. */
export type UpstreamResult =
  | { readonly kind: 'answered'; readonly exchange: Exchange }
  | { readonly kind: 'no-host' }
  | { readonly kind: 'dns-failure' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly how: 'refused' | 'tls' }
  /** One attempt to connect took this long. */
  | { readonly kind: 'failed'; readonly how: 'timeout'; readonly afterSeconds: number };

/** Reads the answer inside Envoy's own TLS session, or says how the handshake failed. */
function insideTls(sent: Payload, exchange: Exchange): UpstreamResult {
  if (sent.kind !== 'tls' || exchange.kind === 'unknown') return { kind: 'answered', exchange };
  if (exchange.kind !== 'tls') return { kind: 'failed', how: 'tls' };
  return certificateError(exchange.certificate, sent.verify) === undefined
    ? { kind: 'answered', exchange: exchange.inner }
    : { kind: 'failed', how: 'tls' };
}

function explainTlsFailure(
  run: Run,
  cluster: Cluster,
  host: UpstreamHost,
  answered: boolean,
): void {
  const { origin } = cluster;
  const place = `${host.ip}:${host.port}`;
  if (answered) {
    const message = `the certificate of ${place} does not verify for cluster ${cluster.name}`;
    run.recorder.block('server-certificate-not-verified', message, origin);
  } else {
    const message = `${place} does not take the TLS that cluster ${cluster.name} sends`;
    run.recorder.block('tls-not-accepted', message, origin);
  }
}

/** `config.cluster.v3.Cluster.connect_timeout`. */
const defaultConnectTimeoutMs = 5000;

function dialHost(
  run: Run,
  place: EnvoyPlace,
  cluster: Cluster,
  host: UpstreamHost,
  payload: Payload,
): UpstreamResult {
  const { recorder, options } = run;
  const { proxy, stack, depth } = place;
  const own = wrapsInTls(cluster, host.mtls);
  const sent = upstreamPayload(options.world, cluster, host.mtls, proxy.spiffe, payload);
  if (own && sent.kind === 'tls') {
    const title = `starts TLS to ${host.ip}:${host.port}, server name ${sent.sni ?? 'absent'}`;
    const origin = cluster.tls.kind === 'none' ? cluster.origin : cluster.tls.origin;
    recorder.step({ kind: 'tls', lane: 'envoy', title, origin });
  }
  if (own && payload.kind === 'tls' && sent.kind === 'tls' && sent.verify.kind !== 'mesh') {
    recorder.end('upstream-failed');
    const message = `the client speaks TLS and cluster ${cluster.name} wraps it in TLS again`;
    recorder.block(
      'double-tls',
      message,
      cluster.tls.kind === 'none' ? cluster.origin : cluster.tls.origin,
    );
  }
  recorder.leave({ destination: host.ip, port: host.port });
  const exchange = run.dial({
    from: stack,
    owner: proxy.user,
    ...sourceOf(place, cluster),
    protocol: 'tcp',
    destination: host.ip,
    port: host.port,
    payload: sent,
    own: false,
    depth: depth + 1,
  });
  if (exchange.kind === 'unreachable') {
    const { reason, message } = connectFailure(exchange.how, host);
    if (exchange.isExplained !== true) recorder.block(reason, message, host.origin);
    const afterSeconds = (cluster.connectTimeoutMs ?? defaultConnectTimeoutMs) / 1000;
    return exchange.how === 'timeout'
      ? { kind: 'failed', how: 'timeout', afterSeconds }
      : { kind: 'failed', how: 'refused' };
  }
  const result = own ? insideTls(sent, exchange) : ({ kind: 'answered', exchange } as const);
  if (!own && exchange.kind === 'tls') recorder.end('delivered');
  if (result.kind === 'failed') recorder.end('upstream-failed');
  if (result.kind === 'failed') explainTlsFailure(run, cluster, host, exchange.kind === 'tls');
  return result;
}

/** Inbound Envoy dials from 127.0.0.6, or with TPROXY as the client itself. */
function sourceOf(place: EnvoyPlace, cluster: Cluster) {
  if (place.direction === 'outbound') return {};
  const mark = place.stack.rules?.tproxyMark;
  if (mark !== undefined && place.client !== undefined) return { source: place.client, mark };
  return cluster.sourceAddress === undefined ? {} : { source: cluster.sourceAddress, bound: true };
}

/** Picks the hosts of a cluster, connects to the first and hands the bytes over. */
export function sendUpstream(
  run: Run,
  place: EnvoyPlace,
  cluster: Cluster,
  payload: Payload,
): UpstreamResult {
  const found = upstreamHosts(run, place, cluster, payload);
  const { recorder } = run;
  switch (found.kind) {
    case 'none':
      recorder.block(
        'no-healthy-endpoint',
        `cluster ${cluster.name} has no endpoint`,
        cluster.origin,
      );
      return { kind: 'no-host' };
    case 'dns-failure':
      recorder.block(
        'upstream-name-unresolved',
        `Envoy cannot resolve \`${found.name}\``,
        cluster.origin,
      );
      return { kind: 'dns-failure' };
    case 'unknown':
      recorder.assume({
        code: 'upstream-name-assumed',
        message: `\`${found.name}\` resolves and answers`,
        origin: cluster.origin,
      });
      run.placeholders.add(anywhere);
      return dialHost(run, place, cluster, assumedHost(cluster, place), payload);
    case 'undecided':
      for (const host of found.hosts.slice(0, 1))
        recorder.permit(() => dialHost(run, place, cluster, host, payload));
      return { kind: 'unknown' };
    case 'hosts': {
      const host = chooseEndpoint(run, found.hosts);
      if (host === undefined) return { kind: 'no-host' };
      noteChoice(run, cluster, found.hosts, host);
      return dialHost(run, place, cluster, host, payload);
    }
  }
}

/** A documentation address (RFC 5737) stands for a name that nobody resolved. */
const anywhere = '192.0.2.1';

function assumedHost(cluster: Cluster, place: EnvoyPlace): UpstreamHost {
  const port = cluster.endpoints[0]?.port ?? place.original.port;
  return { ip: anywhere, port, mtls: false };
}

function noteChoice(
  run: Run,
  cluster: Cluster,
  hosts: readonly UpstreamHost[],
  host: UpstreamHost,
): void {
  if (hosts.length < 2) return;
  const { recorder } = run;
  const title = `one of ${hosts.length} endpoints is chosen; ${endpointName(host)} is shown`;
  recorder.step({ kind: 'endpoint', lane: 'envoy', title, origin: cluster.origin });
}
