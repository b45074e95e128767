import type { TokenPlaces } from '../config/token-places';
import type { CallRequest } from '../machine/call';
import { queryOf } from './match-route';

/** True when a request carries something that is taken for a token (`source/extensions/filters/http/jwt_authn/extractor.cc`). */
export function hasToken(places: TokenPlaces, { headers, path }: CallRequest): boolean {
  const headerOf = (name: string) => (Object.hasOwn(headers, name) ? headers[name] : undefined);
  const query = queryOf(path);
  const cookies = new Set(
    (headerOf('cookie') ?? '').split(';').map(item => item.trim().split('=')[0]),
  );
  return (
    places.headers.some(({ name, prefix }) => headerOf(name)?.includes(prefix) === true) ||
    places.queryParameters.some(name => query.has(name)) ||
    places.cookies.some(name => cookies.has(name))
  );
}

/** True when a filter that checks tokens may have found a valid one. */
export const mayHaveToken = (
  places: TokenPlaces | undefined,
  request: CallRequest | undefined,
): boolean =>
  places !== undefined &&
  request !== undefined &&
  !isPreflight(request) &&
  hasToken(places, request);

/** Preflights pass without a look at tokens (`bypass_cors_preflight`). */
export function isPreflight({ method, headers }: CallRequest): boolean {
  const has = (name: string) => Object.hasOwn(headers, name) && headers[name] !== '';
  return method === 'OPTIONS' && has('origin') && has('access-control-request-method');
}
