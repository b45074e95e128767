import type { TokenPlaces } from '../../envoy';
import { derive, labelsMatch, type Mesh, originOf, type Proxy } from '../../mesh';
import {
  type JwtRule,
  type RequestAuthentication,
  readRequestAuthentication,
} from '../../resources';

const authentications = derive(
  mesh => [mesh.resources.other],
  mesh => mesh.resources.other.flatMap(item => readRequestAuthentication(item) ?? []),
);

const applies = (proxy: Proxy, rootNamespace: string) => (item: RequestAuthentication) => {
  const { namespace } = item.metadata;
  return (
    (namespace === rootNamespace || namespace === proxy.namespace) &&
    !item.spec.hasTarget &&
    labelsMatch(item.spec.matchLabels, proxy.labels)
  );
};

/** Without a place of its own a rule looks into `Authorization` and `access_token`. */
const usualHeader = { name: 'authorization', prefix: 'Bearer ' };

function headersOf({ fromHeaders, fromParams, fromCookies }: JwtRule) {
  const none = fromHeaders.length + fromParams.length + fromCookies.length === 0;
  const given = fromHeaders.map(({ name, prefix = '' }) => ({ name: name.toLowerCase(), prefix }));
  return none ? [usualHeader] : given;
}

function paramsOf({ fromHeaders, fromParams, fromCookies }: JwtRule) {
  const none = fromHeaders.length + fromParams.length + fromCookies.length === 0;
  return none ? ['access_token'] : fromParams;
}

/** Where the RequestAuthentications of a proxy look for tokens (`pilot/pkg/security/authn/policy_applier.go:setupJwtConfig`). */
export function tokenPlacesOf(mesh: Mesh, proxy: Proxy): TokenPlaces | undefined {
  const all = authentications(mesh).filter(applies(proxy, mesh.rootNamespace));
  const rules = all.flatMap(({ spec }) => spec.jwtRules);
  const [first] = all;
  if (first === undefined || rules.length === 0) return undefined;
  return {
    headers: rules.flatMap(headersOf),
    queryParameters: rules.flatMap(paramsOf),
    cookies: rules.flatMap(({ fromCookies }) => fromCookies),
    isRequired: rules.some(({ presence }) => presence === 'REQUIRED'),
    origin: originOf(first, 'spec.jwtRules'),
  };
}
