export const unixPrefix = 'unix://';
export const isUnixSocket = (address: string): boolean => address.startsWith(unixPrefix);

/** `ValidateUnixAddress`: an absolute path to a file, or an abstract socket; `address` with its `unix://`. */
export function checkUnixSocket(address: string): string | undefined {
  const path = address.slice(unixPrefix.length);
  if (path === '') return 'unix address must not be empty';
  if (path.startsWith('@')) return undefined;
  return path.startsWith('/') && !path.endsWith('/')
    ? undefined
    : `${path} is not an absolute path to a file`;
}
