import type { HeaderEdits, Route } from '../../envoy';
import { labelsMatch, type MeshHttpRoute, type MeshVirtualService } from '../../mesh';
import type { HttpMatch } from '../../resources';
import type { ProxyContext } from '../proxy/proxy-context';
import { corsOf } from './cors-policy';
import { actionOf, faultOf, headerEditsOf, type RouteTarget } from './route-action';
import { isCatchAll, routeMatch } from './route-match';

/** The part of a match that istiod decides. Gateways, when given, replace the source conditions (`route.go:sourceMatchHTTP`). */
function matchesSource(context: ProxyContext, match: HttpMatch, target: RouteTarget): boolean {
  if ((match.port ?? 0) !== 0 && match.port !== target.port) return false;
  const gateways = match.gateways ?? [];
  if (gateways.length > 0) return gateways.includes(target.gateway);
  const namespace = match.sourceNamespace ?? '';
  return (
    labelsMatch(match.sourceLabels ?? {}, context.proxy.labels) &&
    (namespace === '' || namespace === context.proxy.namespace)
  );
}

/** A single destination's operations are added to those of its rule (`route.go:applyHTTPRouteDestination`). */
function mergeEdits(
  rule: HeaderEdits | undefined,
  destination: HeaderEdits | undefined,
): HeaderEdits | undefined {
  if (rule === undefined || destination === undefined) return rule ?? destination;
  return {
    set: { ...rule.set, ...destination.set },
    add: { ...rule.add, ...destination.add },
    remove: [...(rule.remove ?? []), ...(destination.remove ?? [])],
  };
}

function translate(
  context: ProxyContext,
  rule: MeshHttpRoute,
  at: { readonly match: HttpMatch | undefined; readonly target: RouteTarget },
): Route | undefined {
  const { match, target } = at;
  if (match !== undefined && !matchesSource(context, match, target)) return undefined;
  const suffix = match?.name === undefined || match.name === '' ? '' : `.${match.name}`;
  const name = `${rule.name ?? ''}${suffix}`;
  const fault = faultOf(rule);
  const cors = corsOf(rule);
  const [only] = rule.route.length === 1 ? rule.route : [];
  const headerEdits = mergeEdits(headerEditsOf(rule.headers), headerEditsOf(only?.headers));
  return {
    ...(name === '' ? {} : { name }),
    match: routeMatch(match),
    action: actionOf(context, rule, target),
    ...(fault === undefined ? {} : { fault }),
    ...(cors === undefined ? {} : { cors }),
    ...(headerEdits === undefined ? {} : { headerEdits }),
    origin: rule.origin,
  };
}

/** Routes of a VirtualService for one proxy and port, in order; what follows a catch-all is left out (`route.go:BuildHTTPRoutesForVirtualService`). */
export function routesOf(
  context: ProxyContext,
  virtualService: MeshVirtualService,
  target: RouteTarget,
): readonly Route[] {
  const routes: Route[] = [];
  for (const rule of virtualService.http) {
    const matches: readonly (HttpMatch | undefined)[] =
      rule.match.length === 0 ? [undefined] : rule.match;
    for (const match of matches) {
      const route = translate(context, rule, { match, target });
      if (route === undefined) continue;
      routes.push(route);
      if (match === undefined || isCatchAll(route.match)) return routes;
    }
  }
  return routes;
}
