type HostPort =
  | { readonly ok: true; readonly host: string; readonly port: string }
  | { readonly ok: false; readonly message: string };

/** `net.SplitHostPort`: `host:port`, `[v6]:port`, `:port`. */
export function splitHostPort(text: string): HostPort {
  const wrong = (reason: string): HostPort => ({
    ok: false,
    message: `address ${text}: ${reason}`,
  });
  const colon = text.lastIndexOf(':');
  if (colon < 0) return wrong('missing port in address');
  const port = text.slice(colon + 1);
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    if (end < 0) return wrong("missing ']' in address");
    if (end + 1 === text.length) return wrong('missing port in address');
    if (end + 1 !== colon) {
      return wrong(
        text[end + 1] === ':' ? 'too many colons in address' : 'missing port in address',
      );
    }
    const host = text.slice(1, end);
    return /[[\]]/.test(host + port)
      ? wrong("unexpected '[' in address")
      : { ok: true, host, port };
  }
  const host = text.slice(0, colon);
  if (host.includes(':')) return wrong('too many colons in address');
  return /[[\]]/.test(text) ? wrong("unexpected '[' in address") : { ok: true, host, port };
}
