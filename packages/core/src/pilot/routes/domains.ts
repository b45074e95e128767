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

/** Names made of the labels that a host and a proxy domain do not share (`getUniqueAndSharedDNSDomain`). */
function sharedSuffixForms(hostname: string, proxyDomain: string): readonly string[] {
  const host = hostname.split('.').reverse();
  const proxy = proxyDomain.split('.').reverse();
  let shared = 0;
  while (shared < host.length && shared < proxy.length && host[shared] === proxy[shared]) {
    shared += 1;
  }
  if (shared === 0) return [];
  const unique = host.slice(shared).reverse();
  const common = host.slice(0, shared).reverse();
  const forms = unique.length === 0 ? [] : [unique.join('.')];
  for (let taken = 1; taken < common.length; taken += 1) {
    forms.push([...unique, ...common.slice(0, taken)].join('.'));
  }
  return forms;
}

function expandedForms(context: ProxyContext, hostname: string): readonly string[] {
  const domain = context.proxy.dnsDomain;
  const svc = domain.indexOf('.svc.');
  if (svc < 0) return sharedSuffixForms(hostname, domain);
  return hostname.endsWith(domain.slice(svc))
    ? kubernetesForms(hostname, domain.slice(0, svc))
    : [];
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
