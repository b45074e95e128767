/** Removes from a text what a reader could use to sign in. */
export type HideSecrets = (text: string) => string;

/** Shorter texts would be found where they mean nothing. */
const leastLength = 6;
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/g;
const jsonWebToken = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g;
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;

/** Hides the given secrets, authorization headers, JSON web tokens and user names of URLs. */
export function hideSecrets(secrets: Iterable<string>): HideSecrets {
  const known = [...new Set(secrets)].filter(({ length }) => length >= leastLength);
  known.sort((a, b) => b.length - a.length);
  return text =>
    known
      .reduce((hidden, secret) => hidden.replaceAll(secret, '[hidden]'), text)
      .replace(bearer, '$1 [hidden]')
      .replace(jsonWebToken, '[hidden]')
      .replace(userInfo, '$1');
}
