import type { CorsPolicy } from '../config/cors-policy';
import type { CallRequest } from '../machine/call';
import { matchesString } from './match-string';

/**
 * What the CORS filter does with a request: `none` when it is no preflight. A matcher that takes `*` literally takes every
 * origin (`source/extensions/filters/http/cors/cors_filter.cc`).
 */
export function judgePreflight(
  { allowOrigins, forwardNotMatchingPreflights }: CorsPolicy,
  { method, headers }: CallRequest,
): 'none' | 'allowed' | 'not-allowed' | 'forwarded' {
  const headerOf = (name: string) =>
    (Object.hasOwn(headers, name) ? headers[name] : undefined) ?? '';
  const origin = headerOf('origin');
  const isPreflight =
    method === 'OPTIONS' && origin !== '' && headerOf('access-control-request-method') !== '';
  if (!isPreflight) return 'none';
  const isAllowed = allowOrigins.some(
    matcher => matchesString(matcher, '*') || matchesString(matcher, origin),
  );
  if (isAllowed) return 'allowed';
  return forwardNotMatchingPreflights ? 'forwarded' : 'not-allowed';
}
