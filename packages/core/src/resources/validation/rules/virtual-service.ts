import { type Findings, reject } from '../findings';
import type { Subject } from '../subject';
import { checkGatewayDomain, checkWildcardDomain } from '../syntax/dns-name';
import { validateExportTo } from '../syntax/export-to';
import { isClaimHeader } from '../syntax/header-name';
import { coveringWildcards, hostSuffixes } from '../syntax/host-suffixes';
import { isIpAddress } from '../syntax/ip-address';
import { validateGatewayNames } from './gateway-names';
import { validateHttpRoute } from './http-route';
import { onlyGateways, validateTcpRoute, validateTlsRoute } from './l4-route';
import { warnOfUnreachableRules } from './unreachable-rules';
import type { VirtualServiceMessage } from './virtual-service-message';

/** A VirtualService without hosts is a delegate: only HTTP routes, no gateways. */
function validateDelegate(findings: Findings, service: VirtualServiceMessage): void {
  const refused: readonly (readonly [readonly unknown[], string, string])[] = [
    [service.gateways, 'gateways', 'no gateways'],
    [service.tls, 'tls', 'no tls route'],
    [service.tcp, 'tcp', 'no tcp route'],
  ];
  for (const [given, field, what] of refused) {
    if (given.length === 0) continue;
    const message = `delegate virtual service must have ${what} specified`;
    reject(findings, 'conflict', `spec.${field}`, message);
  }
}

/** Routing by claims of a JWT works at gateways only. */
function validateClaims(findings: Findings, service: VirtualServiceMessage): void {
  service.http.forEach((route, at) => {
    route.match.forEach((match, index) => {
      const names = [...(match.headers?.keys() ?? []), ...(match.withoutHeaders?.keys() ?? [])];
      for (const name of names.filter(isClaimHeader)) {
        const message = `JWT claim based routing (key: ${name}) is only supported for gateway, found no gateways: [${service.gateways.slice(0, 20).join(' ')}]`;
        reject(findings, 'unsupported', `spec.http.${at}.match.${index}.headers.${name}`, message);
      }
    });
  });
}

const wildcardOnMesh =
  'wildcard host * is not allowed for virtual services bound to the mesh gateway';

/** Rejects hosts that are no names; true when all are good. */
function validateHosts(
  findings: Findings,
  service: VirtualServiceMessage,
  atGateway: boolean,
): boolean {
  const sni = service.tls.some(route => route.match.some(match => match.sniHosts.length > 0));
  const count = findings.errors.length;
  service.hosts.forEach((host, at) => {
    const path = `spec.hosts.${at}`;
    const wrong = atGateway ? checkGatewayDomain(host, sni) : checkWildcardDomain(host);
    if (wrong !== undefined && !isIpAddress(host)) reject(findings, 'host-invalid', path, wrong);
    else if (wrong === undefined && !atGateway && host === '*') {
      reject(findings, 'host-invalid', path, wildcardOnMesh);
    }
  });
  return findings.errors.length === count;
}

/** Wildcards that cover another host of the list count as duplicates. */
function validateOverlaps(findings: Findings, hosts: readonly string[]): void {
  const suffixes = hostSuffixes(hosts);
  hosts.forEach((host, at) => {
    const same = suffixes.first.get(host) ?? at;
    const covering = coveringWildcards(suffixes, host).filter(index => index !== at);
    for (const other of new Set(same === at ? covering : [same, ...covering])) {
      const [first, second] = other < at ? [other, at] : [at, other];
      const message = `duplicate hosts in virtual service: ${hosts[first]} & ${hosts[second]}`;
      reject(findings, 'duplicate', `spec.hosts.${first}`, message);
    }
  });
}

function validateRoutes(findings: Findings, service: VirtualServiceMessage): void {
  if (service.http.length + service.tcp.length + service.tls.length === 0) {
    const message = 'http, tcp or tls must be provided in virtual service';
    reject(findings, 'missing', 'spec', message);
  }
  const delegate = service.hosts.length === 0;
  service.http.forEach((route, at) => {
    validateHttpRoute(findings, route, { path: `spec.http.${at}`, delegate });
  });
  const hosts = { service, suffixes: hostSuffixes(service.hosts) };
  service.tls.forEach((route, at) => {
    validateTlsRoute(findings, route, hosts, `spec.tls.${at}`);
  });
  service.tcp.forEach((route, at) => {
    validateTcpRoute(findings, route, `spec.tcp.${at}`);
  });
}

/** `ValidateVirtualService`. */
export function validateVirtualService(
  findings: Findings,
  subject: Subject,
  service: VirtualServiceMessage,
): void {
  const { hosts, gateways } = service;
  if (hosts.length === 0) validateDelegate(findings, service);
  validateGatewayNames(findings, gateways, 'spec.gateways');
  const atGateway = gateways.length > 0 && onlyGateways(gateways);
  if (!atGateway) validateClaims(findings, service);
  if (validateHosts(findings, service, atGateway)) validateOverlaps(findings, hosts);
  validateRoutes(findings, service);
  const { namespace } = subject;
  validateExportTo(findings, { namespace, entries: service.exportTo }, 'spec.exportTo');
  warnOfUnreachableRules(findings, service);
}
