import { quoted } from '../findings';

const name = /^[-_A-Za-z0-9]+$/;
const claimSeparators = ['.', '['];

/** `jwt.ToRoutingClaim`: `@request.auth.claims.x` or `@request.auth.claims[x]`, of any letter case in front. */
export function isClaimHeader(text: string): boolean {
  const prefix = '@request.auth.claims';
  if (!text.toLowerCase().startsWith(prefix)) return false;
  const rest = text.slice(prefix.length);
  const first = rest.charAt(0);
  if (!claimSeparators.includes(first) || rest.length < 2) return false;
  return first === '.' || /^(?:\[[^[\]]+\])+$/.test(rest);
}

/** `ValidateHTTPHeaderName`. */
export function checkHeaderName(text: string): string | undefined {
  if (text === '') return 'header name cannot be empty';
  return name.test(text) ? undefined : `header name ${text} is not a valid header name`;
}

/** A header of a match: also a claim of a JWT. */
export const checkMatchHeader = (text: string): string | undefined =>
  isClaimHeader(text) ? undefined : checkHeaderName(text);

/** A header of a CORS policy: also `*`. */
export const checkCorsHeader = (text: string): string | undefined =>
  text === '*' ? undefined : checkHeaderName(text);

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
