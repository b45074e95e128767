import { quoted } from '../findings';

/** What RFC 9110 allows in a name; the comma is there by the range `+-.` of Istio's expression. */
const token = /^[-!#$%&'*+,.^_`|~A-Za-z0-9]+$/;
const plain = /^[-_A-Za-z0-9]+$/;
const probe = /^[-A-Za-z0-9]+$/;
const pseudoHeaders = new Set([':method', ':scheme', ':authority', ':path', ':status']);

function check(text: string, form: RegExp): string | undefined {
  if (text === '') return 'header name cannot be empty';
  return form.test(text) ? undefined : `header name ${text} is not a valid header name`;
}

/** `jwt.ToRoutingClaim`: `@request.auth.claims.x` or `@request.auth.claims[x]`, of any letter case in front. */
export function isClaimHeader(text: string): boolean {
  const prefix = '@request.auth.claims';
  if (!text.toLowerCase().startsWith(prefix)) return false;
  const rest = text.slice(prefix.length);
  if (rest.startsWith('.')) return rest.length > 1;
  return rest.startsWith('[') && rest.endsWith(']') && rest.length > 2;
}

/** `ValidateStrictHTTPHeaderName`: a header that Envoy makes of a claim. */
export const checkClaimTarget = (text: string): string | undefined => check(text, plain);

/** `ValidateProbeHeaderName`: what the kubelet takes. */
export const checkProbeHeader = (text: string): string | undefined => check(text, probe);

/** `ValidateHTTPHeaderNameOrJwtClaimRoute`: a header of a match, also a claim of a JWT or a pseudo header. */
export const checkMatchHeader = (text: string): string | undefined =>
  isClaimHeader(text) || pseudoHeaders.has(text) ? undefined : check(text, token);

/** `ValidateCORSHTTPHeaderName`: also `*`. */
export const checkCorsHeader = (text: string): string | undefined =>
  text === '*' ? undefined : check(text, token);

export const isAuthorityHeader = (text: string): boolean =>
  ['host', ':authority'].includes(text.toLowerCase());

const internal = (text: string) => `invalid header ${quoted(text)}: header cannot have ":" prefix`;

/** A header that is set or added in a request: Host may be, other pseudo headers may not. */
export function checkSetRequestHeader(text: string): string | undefined {
  if (text === '') return 'header name cannot be empty';
  return text.startsWith(':') && !isAuthorityHeader(text) ? internal(text) : undefined;
}

/** A header that is removed, or changed in a response. */
export function checkChangedHeader(text: string): string | undefined {
  if (text === '') return 'header name cannot be empty';
  if (text.toLowerCase() === 'host')
    return `invalid header ${quoted(text)}: cannot set Host header`;
  return text.startsWith(':') ? internal(text) : undefined;
}
