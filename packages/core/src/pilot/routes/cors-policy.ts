import type { CorsPolicy, StringMatcher } from '../../envoy';
import type { MeshHttpRoute } from '../../mesh';

const exact = (value: string): StringMatcher => ({ kind: 'exact', value });

/** `route.go:TranslateCORSPolicy`; preflights of other origins go on unless the policy says IGNORE. */
export function corsOf({ corsPolicy }: MeshHttpRoute): CorsPolicy | undefined {
  if (corsPolicy === undefined) return undefined;
  const { allowOrigins, allowOrigin = [], unmatchedPreflights } = corsPolicy;
  return {
    allowOrigins: allowOrigins ?? allowOrigin.map(exact),
    forwardNotMatchingPreflights: unmatchedPreflights !== 'IGNORE',
  };
}
