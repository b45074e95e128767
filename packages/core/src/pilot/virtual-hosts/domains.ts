import { addressesFor, type MeshService } from '../../mesh';
import { parseIp } from '../../net';
import type { ProxyContext } from '../proxy/proxy-context';
import { pilotHas } from '../versions';

/** IPv6 addresses stand in brackets in a Host header (`util.IPv6Compliant`). */
export function hostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** `host:port` (`util.DomainName`). */
export function domainName(host: string, port: number): string {
  return `${hostText(host)}:${port}`;
}

/** Port 0: no forms with a port. */
const withPort = (host: string, port: number): readonly string[] =>
  port === 0 ? [hostText(host)] : [hostText(host), domainName(host, port)];

function absoluteForm({ mesh }: ProxyContext, hostname: string): readonly string[] {
  const enabled =
    pilotHas(mesh, 'absoluteDomains') &&
    mesh.flags.enabled('PILOT_ENABLE_ABSOLUTE_FQDN_VHOST_DOMAIN');
  return enabled && parseIp(hostname) === undefined ? [`${hostname}.`] : [];
}

/** Short names of a Kubernetes service as its clients may write them (`generateAltVirtualHostsForKubernetesService`). */
function kubernetesForms(hostname: string, proxyNamespace: string): readonly string[] {
  const end = hostname.indexOf('.svc.');
  const dot = hostname.indexOf('.');
  if (end <= 0 || dot + 1 >= hostname.length || dot + 1 > end) return [];
  const short = hostname.slice(0, end);
  return hostname.slice(dot + 1, end) === proxyNamespace
    ? [hostname.slice(0, dot), `${short}.svc`, short]
    : [short, `${short}.svc`];
}

/** `namespace` and `.svc.<cluster domain>` of the proxy. */
function proxyDomain({ proxy }: ProxyContext) {
  const end = proxy.dnsDomain.indexOf('.svc.');
  return { namespace: proxy.dnsDomain.slice(0, end), suffix: proxy.dnsDomain.slice(end) };
}

function expandedForms(context: ProxyContext, hostname: string): readonly string[] {
  const { namespace, suffix } = proxyDomain(context);
  return hostname.endsWith(suffix) ? kubernetesForms(hostname, namespace) : [];
}

/** Full hosts that a name may stand for: the reverse of `alternativeHosts`, and more. */
export function possibleHosts(context: ProxyContext, name: string): readonly string[] {
  const { namespace, suffix } = proxyDomain(context);
  const [, ...rest] = suffix.split('.svc');
  return [
    name,
    ...(name.endsWith('.') ? [name.slice(0, -1)] : []),
    `${name}${suffix}`,
    `${name}.${namespace}${suffix}`,
    ...(name.endsWith('.svc') ? [`${name}${rest.join('.svc')}`] : []),
  ];
}

/** Other names that mean the host to this proxy (`httproute.go:GenerateAltVirtualHosts`). */
export function alternativeHosts(
  context: ProxyContext,
  hostname: string,
  port: number,
): readonly string[] {
  return [...absoluteForm(context, hostname), ...expandedForms(context, hostname)].flatMap(form =>
    withPort(form, port),
  );
}

export interface ServiceDomains {
  /** Every domain, in istiod's order. */
  readonly domains: readonly string[];
  /** Those that were made from the host, which lose to a real host of that name. */
  readonly expanded: readonly string[];
}

const unspecified = '0.0.0.0';

/** Domains of a service's virtual host (`httproute.go:generateVirtualHostDomains`); `port` 0 leaves ports out. */
export function serviceDomains(
  context: ProxyContext,
  service: MeshService,
  port: number,
): ServiceDomains {
  const domains: string[] = [];
  const expanded: string[] = [];
  const hosts = [service.hostname, ...service.aliases.map(alias => alias.hostname)];
  for (const host of hosts) {
    const others = alternativeHosts(context, host, port);
    domains.push(...withPort(host, port), ...others);
    expanded.push(...others);
  }
  if (service.resolution === 'Passthrough' && service.registry === 'kubernetes') {
    domains.push(...domains.map(domain => `*.${domain}`));
  }
  for (const address of addressesFor(context.mesh, service, context.proxy)) {
    if (address !== '' && address !== unspecified) domains.push(...withPort(address, port));
  }
  return { domains, expanded };
}
