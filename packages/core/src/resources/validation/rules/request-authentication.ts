import type { ValueOf } from '../../schema';
import type { requestAuthenticationSchema } from '../../schema/kinds/request-authentication';
import { type Findings, reject, rejectIf } from '../findings';
import type { Subject } from '../subject';
import { checkClaimTarget } from '../syntax/header-name';
import { checkKeySet } from '../syntax/json-web-keys';
import { validateDuration } from './connection-pool';
import { validatePolicyTarget } from './policy-target';

type PolicyMessage = ValueOf<typeof requestAuthenticationSchema>;
type JwtRule = PolicyMessage['jwtRules'][number];

function checkKeyLocation(uri: string): string | undefined {
  if (uri === '') return undefined;
  const scheme = /^([A-Za-z][-+.A-Za-z0-9]*):/.exec(uri)?.[1]?.toLowerCase() ?? '';
  return scheme === 'http' || scheme === 'https'
    ? undefined
    : `URI scheme "${scheme}" is not supported`;
}

function validateClaims(findings: Findings, rule: JwtRule, path: string): void {
  rule.outputClaimToHeaders.forEach(({ claim, header }, at) => {
    const place = `${path}.outputClaimToHeaders.${at}`;
    if (claim === '' || header === '') {
      const message = 'outputClaimToHeaders header and claim value must be non-empty string';
      reject(findings, 'missing', place, message);
      return;
    }
    rejectIf(findings, 'header-invalid', `${place}.header`, checkClaimTarget(header));
  });
}

function validateRule(findings: Findings, rule: JwtRule, path: string): void {
  const require = (given: boolean, field: string, message: string) => {
    if (!given) reject(findings, 'missing', `${path}.${field}`, message);
  };
  const location = rule.jwksUri === '' ? rule.jwks_uri : rule.jwksUri;
  const known = rule.issuer !== '' || location !== '';
  require(known, 'issuer', 'issuer or jwksUri must be non-empty string');
  require(!rule.audiences.includes(''), 'audiences', 'audience must be non-empty string');
  rejectIf(findings, 'unsupported', `${path}.jwksUri`, checkKeyLocation(location));
  const keys = rule.jwks === '' ? undefined : checkKeySet(rule.jwks);
  rejectIf(findings, 'match-invalid', `${path}.jwks`, keys);
  const headers = rule.fromHeaders.every(({ name }) => name !== '');
  require(headers, 'fromHeaders', 'location header name must be non-empty string');
  const parameters = !rule.fromParams.includes('');
  require(parameters, 'fromParams', 'location query must be non-empty string');
  require(!rule.fromCookies.includes(''), 'fromCookies', 'cookie name must be non-empty string');
  validateClaims(findings, rule, path);
  validateDuration(findings, rule.timeout, `${path}.timeout`);
}

/** `ValidateRequestAuthentication`. */
export function validateRequestAuthentication(
  findings: Findings,
  _subject: Subject,
  policy: PolicyMessage,
): void {
  validatePolicyTarget(findings, policy);
  policy.jwtRules.forEach((rule, at) => {
    validateRule(findings, rule, `spec.jwtRules.${at}`);
  });
}
