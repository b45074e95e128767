import type { AccessTarget } from '../../matrix/access-options';
import type { AccessProtocol } from '../../row';

const protocols: readonly AccessProtocol[] = ['HTTP', 'TLS', 'TCP', 'UDP'];

/** Reads `host[:port][/PROTOCOL]`, an IPv6 address in brackets; `undefined` when it is none. */
export function parseTarget(text: string): AccessTarget | undefined {
  const match = /^(\[[0-9a-fA-F:]+\]|[^\s:/]+)(?::(\d{1,5}))?(?:\/([A-Z]+))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, host = '', port, name] = match;
  const protocol = protocols.find(item => item === name);
  const number = Number(port ?? 1);
  if ((name !== undefined && protocol === undefined) || number > 65535 || number < 1)
    return undefined;
  return {
    host: host.replace(/^\[|\]$/g, ''),
    ...(port !== undefined && { port: number }),
    ...(protocol !== undefined && { protocol }),
  };
}
