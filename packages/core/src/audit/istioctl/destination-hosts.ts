import type { VirtualService } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import type { KnownHost } from './host-index';
import { type AnalysisMessage, messageOn } from './message';
import { destinationsOf, type PlacedDestination } from './route-destinations';

function portMessage(
  service: VirtualService,
  { destination: { host, port }, path }: PlacedDestination,
  { ports }: KnownHost,
): AnalysisMessage | undefined {
  if (port === undefined) {
    if (ports.length < 2) return undefined;
    const message = `This VirtualService routes to a service "${host}" that exposes multiple ports [${ports.join(' ')}]. Specifying a port in the destination is required to disambiguate.`;
    return messageOn('IST0112', service, message, `${path}.host`);
  }
  if (ports.includes(port)) return undefined;
  return messageOn(
    'IST0101',
    service,
    `Referenced host:port not found: "${host}:${port}"`,
    `${path}.host`,
  );
}

function* checkDestinations(
  service: VirtualService,
  context: AnalysisContext,
): Iterable<AnalysisMessage> {
  for (const placed of destinationsOf(service)) {
    const { host } = placed.destination;
    const known = context.hosts.find(
      service.metadata.namespace ?? '',
      service.spec.exportTo ?? [],
      host,
    );
    if (known === undefined) {
      const what = placed.mirror ? 'mirror host' : 'host';
      yield messageOn(
        'IST0101',
        service,
        `Referenced ${what} not found: "${host}"`,
        `${placed.path}.host`,
      );
      continue;
    }
    const message = portMessage(service, placed, known);
    if (message !== undefined) yield message;
  }
}

/** VirtualServices that split their own host into subsets, by that host. */
function subsetRoutes(
  services: readonly VirtualService[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const byHost = new Map<string, Set<string>>();
  for (const { metadata, spec } of services) {
    for (const { destination } of spec.http.flatMap(rule => rule.route)) {
      if ((destination.subset ?? '') === '' || !spec.hosts.includes(destination.host)) continue;
      const names = byHost.get(destination.host) ?? new Set();
      byHost.set(destination.host, names.add(`${metadata.namespace}/${metadata.name}`));
    }
  }
  return byHost;
}

function* checkSubsets(
  service: VirtualService,
  subsets: ReadonlyMap<string, ReadonlySet<string>>,
): Iterable<AnalysisMessage> {
  if (service.spec.gateways.length === 0) return;
  const own = `${service.metadata.namespace}/${service.metadata.name}`;
  for (const [i, rule] of service.spec.http.entries()) {
    for (const [j, { destination }] of rule.route.entries()) {
      if ((destination.subset ?? '') !== '') continue;
      for (const name of subsets.get(destination.host) ?? []) {
        const message = `Subset in virtual service ${name} has no effect on ingress gateway ${own} requests`;
        yield messageOn('IST0140', service, message, `spec.http.${i}.route.${j}.destination.host`);
      }
    }
  }
}

/** Destinations that nothing registers. Source: `virtualservice/destinationhosts.go`. */
export const destinationHosts: Analyzer = {
  name: 'virtualservice.DestinationHostAnalyzer',
  codes: ['IST0101', 'IST0112', 'IST0140'],
  *analyze(context) {
    const subsets = subsetRoutes(context.resources.virtualServices);
    for (const service of context.resources.virtualServices) {
      yield* checkDestinations(service, context);
      yield* checkSubsets(service, subsets);
    }
  },
};
