/** Characters that need no escape (RFC 3986 §2.3). */
const unreserved = /[A-Za-z0-9._~-]/;

function decodeUnreserved(path: string): string {
  return path.replace(/%[0-9a-fA-F]{2}/g, escape => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return unreserved.test(character) ? character : escape;
  });
}

function removeDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment === '.' || segment === '..') {
      if (last) kept.push('');
    } else {
      kept.push(segment);
    }
  }
  return `/${kept.join('/')}`;
}

/**
 * The path as Envoy's connection manager has it before routes and policies see it. Istio's default is `BASE`: RFC 3986
 * normalisation, backslashes become slashes; `MERGE_SLASHES` also joins slashes, the last mode decodes `%2F` before.
 */
export function normalisePath(target: string, mode: string | undefined): string {
  if (mode === 'NONE' || !target.startsWith('/')) return target;
  const query = target.search(/[?#]/);
  const path = query < 0 ? target : target.slice(0, query);
  const rest = query < 0 ? '' : target.slice(query);
  const decodes = mode === 'DECODE_AND_MERGE_SLASHES';
  const slashes = decodes ? path.replace(/%2f/gi, '/').replace(/%5c/gi, '/') : path;
  const plain = removeDots(decodeUnreserved(slashes).replaceAll('\\', '/'));
  return (mode === 'MERGE_SLASHES' || decodes ? plain.replace(/\/{2,}/g, '/') : plain) + rest;
}
