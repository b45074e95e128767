/** Name of the cookie that says as whom the demo's guest sign-in signs in. */
export const personCookie = 'sidetrace-demo-person';

/** The value of the cookie in a request's `Cookie` header (RFC 6265, 5.4); undefined when it is not there. */
export function personOf(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name = '', ...value] = pair.split('=');
    if (name.trim() === personCookie) return value.join('=').trim();
  }
  return undefined;
}
