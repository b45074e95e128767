/** `*` or a name that starts with `*.`: stands for every host with that suffix. */
export function isWildcardHost(host: string): boolean {
  return host.startsWith('*');
}

/**
 * True when `pattern` (exact, `*`, or `*suffix`) covers `host`. Both in lower case. As Istio's `host.Name.Matches`: a
 * wildcard `host` is covered when every name it stands for is.
 */
export function hostCovers(pattern: string, host: string): boolean {
  if (!isWildcardHost(pattern)) return pattern === host;
  const suffix = pattern.slice(1);
  return isWildcardHost(host)
    ? host.length >= pattern.length && host.slice(1).endsWith(suffix)
    : host.length >= pattern.length && host.endsWith(suffix);
}

/** True when the names of the two patterns overlap. As Istio's `host.Name.Matches`, which is symmetric. */
export function hostsOverlap(a: string, b: string): boolean {
  if (isWildcardHost(a) && isWildcardHost(b)) {
    return a.length < b.length ? b.slice(1).endsWith(a.slice(1)) : a.slice(1).endsWith(b.slice(1));
  }
  return isWildcardHost(a) ? hostCovers(a, b) : hostCovers(b, a);
}
