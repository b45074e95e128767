import { type Findings, quoted, reject, rejectIf, warn, withoutWarnings } from '../findings';
import { checkGatewayDomain, checkWildcardDomain } from '../syntax/dns-name';
import { coversHost, type HostSuffixes } from '../syntax/host-suffixes';
import { checkSubnet, isIpAddress } from '../syntax/ip-address';
import { validateLabels } from '../syntax/label';
import { checkPort } from '../syntax/port';
import { validateDestinations } from './destination';
import { validateGatewayNames } from './gateway-names';
import type { VirtualServiceMessage } from './virtual-service-message';

type TlsRoute = VirtualServiceMessage['tls'][number];
type TlsMatch = TlsRoute['match'][number];
type TcpRoute = VirtualServiceMessage['tcp'][number];
type TcpMatch = TcpRoute['match'][number];

/** True when no gateway of the list is `mesh`: also for an empty list, as Istio's `isGateway`. */
export const onlyGateways = (gateways: readonly string[]): boolean => !gateways.includes('mesh');

interface ServiceHosts {
  readonly service: VirtualServiceMessage;
  readonly suffixes: HostSuffixes;
}

function validateSniHost(
  findings: Findings,
  sni: string,
  { service, suffixes }: ServiceHosts,
  path: string,
): void {
  const wrong = onlyGateways(service.gateways)
    ? checkGatewayDomain(sni, true)
    : checkWildcardDomain(sni);
  if (wrong !== undefined && isIpAddress(sni)) {
    const message = `using an IP address (${quoted(sni)}) goes against SNI spec and most clients do not support this`;
    warn(findings, 'match-invalid', path, message);
  } else if (wrong !== undefined) reject(findings, 'host-invalid', path, wrong);
  else if (!coversHost(suffixes, sni)) {
    const message = `SNI host ${quoted(sni)} is not a compatible subset of any of the virtual service hosts: [${service.hosts.slice(0, 20).join(', ')}]`;
    reject(findings, 'match-invalid', path, message);
  }
}

/** What TLS and TCP matches have in common. */
function validateL4Match(findings: Findings, match: TlsMatch | TcpMatch, path: string): void {
  match.destinationSubnets.forEach((subnet, at) => {
    const place = `${path}.destinationSubnets.${at}`;
    rejectIf(findings, 'address-invalid', place, checkSubnet(subnet));
  });
  if (match.port !== 0) {
    rejectIf(findings, 'port-invalid', `${path}.port`, checkPort(match.port));
  }
  validateLabels(findings, match.sourceLabels, `${path}.sourceLabels`);
  validateGatewayNames(findings, match.gateways, `${path}.gateways`);
}

/** `validateTLSRoute`: server names that the hosts cover. */
export function validateTlsRoute(
  findings: Findings,
  route: TlsRoute,
  hosts: ServiceHosts,
  path: string,
): void {
  if (route.match.length === 0) {
    const message = 'TLS route must have at least one match condition';
    reject(findings, 'missing', `${path}.match`, message);
  }
  route.match.forEach((match, at) => {
    const place = `${path}.match.${at}`;
    if (match.sniHosts.length === 0) {
      const message = 'TLS match must have at least one SNI host';
      reject(findings, 'missing', `${place}.sniHosts`, message);
    }
    match.sniHosts.forEach((sni, index) => {
      validateSniHost(findings, sni, hosts, `${place}.sniHosts.${index}`);
    });
    validateL4Match(findings, match, place);
  });
  if (route.route.length === 0)
    reject(findings, 'missing', `${path}.route`, 'TLS route is required');
  validateDestinations(findings, route.route, `${path}.route`);
}

/** `validateTCPRoute`. */
export function validateTcpRoute(findings: Findings, route: TcpRoute, path: string): void {
  route.match.forEach((match, at) => {
    const place = `${path}.match.${at}`;
    withoutWarnings(findings, inner => validateL4Match(inner, match, place));
  });
  if (route.route.length === 0)
    reject(findings, 'missing', `${path}.route`, 'TCP route is required');
  validateDestinations(findings, route.route, `${path}.route`);
}
