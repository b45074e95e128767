/** `fetch` that carries the token which `issue` gives for each request: for backends that ask the Sidetrace backend. */
export const fetchWithToken =
  (issue: () => Promise<{ readonly token: string }>): typeof fetch =>
  async (input, init) => {
    const { token } = await issue();
    const headers = new Headers(init?.headers);
    headers.set('Authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
