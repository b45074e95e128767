import type { Labels, Pod, VirtualService } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { isRecord } from './json';
import { type AnalysisMessage, messageOn } from './message';
import { selects } from './selector-index';

const claim = '@request.auth.claims';

/** The first header of a match that stands for a claim. */
function claimHeader({ spec }: VirtualService): string | undefined {
  return spec.http
    .flatMap(route => route.match)
    .flatMap(({ headers = {}, withoutHeaders = {} }) => [
      ...Object.keys(headers),
      ...Object.keys(withoutHeaders),
    ])
    .find(name => name.startsWith(claim));
}

/** Selectors of the RequestAuthentications, by namespace. */
function selectorsByNamespace({ resources }: AnalysisContext): ReadonlyMap<string, Labels[]> {
  const selectors = new Map<string, Labels[]>();
  for (const { kind, metadata, spec: object } of resources.other) {
    if (kind !== 'RequestAuthentication') continue;
    const spec = isRecord(object) && isRecord(object.spec) ? object.spec : {};
    const selector = isRecord(spec.selector) ? spec.selector.matchLabels : undefined;
    const labels = Object.entries(isRecord(selector) ? selector : {}).map(
      ([key, value]) => [key, String(value)] as const,
    );
    const namespace = metadata.namespace ?? '';
    const known = selectors.get(namespace) ?? [];
    selectors.set(namespace, [...known, Object.fromEntries(labels)]);
  }
  return selectors;
}

function* checkService(
  service: VirtualService,
  context: AnalysisContext,
  authenticates: (pod: Pod) => boolean,
): Iterable<AnalysisMessage> {
  const key = claimHeader(service);
  if (key === undefined) return;
  for (const name of service.spec.gateways) {
    const full = name.includes('/') ? name : `${service.metadata.namespace}/${name}`;
    const gateway = context.resources.gateways.find(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}` === full,
    );
    if (name === 'mesh' || gateway === undefined) continue;
    for (const pod of context.pods.select(gateway.spec.selector)) {
      if (authenticates(pod)) continue;
      const message = `The virtual service uses the JWT claim based routing (key: ${key}) but found no request authentication for the gateway (${full}) pod (${pod.metadata.name}). The request authentication must first be applied for the gateway pods to validate the JWT token and make the claims available for routing.`;
      yield messageOn('IST0149', service, message);
    }
  }
}

/** Routing by claims that nothing validates. Source: `virtualservice/jwtclaimroute.go`. */
export const jwtClaimRoutes: Analyzer = {
  name: 'virtualservice.JWTClaimRouteAnalyzer',
  codes: ['IST0149'],
  *analyze(context) {
    const selectors = selectorsByNamespace(context);
    const authenticates = ({ metadata: { namespace = '', labels } }: Pod) =>
      ['istio-system', namespace]
        .flatMap(place => selectors.get(place) ?? [])
        .some(selector => selects(selector, labels));
    for (const service of context.resources.virtualServices) {
      yield* checkService(service, context, authenticates);
    }
  },
};
