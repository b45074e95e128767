import type { Origin } from '../../origin';

/** Where a filter that checks tokens looks for one (`extensions.filters.http.jwt_authn.v3.JwtProvider`). */
export interface TokenPlaces {
  /** Name in lower case; a value counts from its prefix on. */
  readonly headers: readonly { readonly name: string; readonly prefix: string }[];
  readonly queryParameters: readonly string[];
  readonly cookies: readonly string[];
  /** Also a request without a token is refused, or may be. */
  readonly isRequired: boolean;
  readonly origin: Origin;
}
