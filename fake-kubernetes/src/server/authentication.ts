import type { IncomingHttpHeaders } from 'node:http';

/** Whether a request carries the token; every request does when there is none. */
export const isAuthenticated = (headers: IncomingHttpHeaders, token: string | undefined): boolean =>
  token === undefined || headers.authorization === `Bearer ${token}`;
