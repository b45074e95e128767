import { bool, duration, list, message, required, text, words } from '../make-type';
import { atMostOne, httpUrl } from '../rules';
import { matchLabelsSelector, targetReference } from './selectors';

/** Spec of RequestAuthentication. */
export const requestAuthenticationSchema = message(
  {
    jwtRules: list(
      message(
        {
          audiences: list(text({ minLength: 1 })),
          forwardOriginalToken: bool(),
          fromCookies: list(text({ minLength: 1 })),
          fromHeaders: list(
            message({
              name: required(text({ minLength: 1 })),
              prefix: text(),
            }),
          ),
          fromParams: list(text({ minLength: 1 })),
          issuer: text({ minLength: 1 }),
          jwks: text(),
          jwksUri: text({ minLength: 1, maxLength: 2048, rules: [httpUrl] }),
          jwks_uri: text({ minLength: 1, maxLength: 2048, rules: [httpUrl] }),
          outputClaimToHeaders: list(
            message({
              claim: required(text({ minLength: 1 })),
              header: required(text({ minLength: 1, pattern: /^[-_A-Za-z0-9]+$/ })),
            }),
          ),
          outputPayloadToHeader: text(),
          presence: words('OPTIONAL', 'REQUIRED'),
          spaceDelimitedClaims: list(text({ minLength: 1 }), { maxItems: 64 }),
          timeout: duration(),
        },
        [atMostOne('jwksUri', 'jwks_uri', 'jwks')],
      ),
      { maxItems: 4096 },
    ),
    selector: matchLabelsSelector,
    targetRef: targetReference,
    targetRefs: list(targetReference, { maxItems: 16 }),
  },
  [atMostOne('selector', 'targetRef', 'targetRefs')],
);
