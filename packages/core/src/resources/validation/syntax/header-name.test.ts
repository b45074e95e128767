import { expect, test } from 'vitest';
import { isClaimHeader } from './header-name';

/** `pkg/jwt/routing.go:ToRoutingClaim`. */
test.each([
  ['@request.auth.claims.a', true],
  ['@REQUEST.auth.Claims.a', true],
  ['@request.auth.claims[a]', true],
  ['@request.auth.claims[a][b.c]', true],
  ['@request.auth.claims[[a]]', true],
  ['@request.auth.claims[]', false],
  ['@request.auth.claims[a', false],
  ['@request.auth.claims.', false],
  ['@request.auth.claims', false],
  ['@request.auth.claimsa', false],
  ['x-request.auth.claims.a', false],
])('%s: %s', (text, claim) => {
  expect(isClaimHeader(text)).toBe(claim);
});
