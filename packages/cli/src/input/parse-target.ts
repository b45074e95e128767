import type { AccessTarget, Call } from '@sidetrace/core';
import { UsageError } from '../usage-error';

type Protocol = Call['protocol'];

/** Where a call goes to, as one argument says it. */
export interface CallTarget {
  readonly to: string;
  readonly port: number;
  /** Absent when the argument has no scheme. */
  readonly protocol?: Protocol;
  readonly path?: string;
}

const schemes = new Map<string, readonly [Protocol, number | undefined]>([
  ['http', ['http', 80]],
  ['https', ['https', 443]],
  ['http2', ['http2', 80]],
  ['h2c', ['http2', 80]],
  ['grpc', ['http2', undefined]],
  ['tls', ['tls', 443]],
  ['tcp', ['tcp', undefined]],
  ['udp', ['udp', undefined]],
  ['mongodb', ['tcp', 27017]],
  ['mysql', ['tcp', 3306]],
  ['postgres', ['tcp', 5432]],
  ['postgresql', ['tcp', 5432]],
  ['redis', ['tcp', 6379]],
]);

const hint = 'write a URL (https://api.example.com/v1) or host:port (db.example.com:5432)';

function readPort(text: string, whole: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65535) {
    throw new UsageError(`\`${whole}\`: \`${text}\` is no port`, hint);
  }
  return port;
}

/** `host`, `host:port`, `[v6]`, `[v6]:port`; a bare IPv6 address has no port. */
function splitAuthority(authority: string, whole: string): readonly [string, number | undefined] {
  const bracketed = /^\[([0-9a-fA-F:.]+)\](?::(.*))?$/.exec(authority);
  if (bracketed !== null) {
    const [, address = '', port] = bracketed;
    return [address, port === undefined ? undefined : readPort(port, whole)];
  }
  const [host = '', port, ...more] = authority.split(':');
  if (more.length > 0) return [authority, undefined];
  if (host === '' || /[\s/@]/.test(host)) throw new UsageError(`\`${whole}\` names no host`, hint);
  return [host, port === undefined ? undefined : readPort(port, whole)];
}

/** Reads `https://api.example.com/v1`, `db.example.com:5432`, `tcp://10.0.0.1:9000`, `[2001:db8::1]:443`. */
export function parseCallTarget(argument: string): CallTarget {
  const url = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]*)([^#]*)/.exec(argument);
  if (url === null) {
    const [to, port] = splitAuthority(argument, argument);
    if (port === undefined) throw new UsageError(`\`${argument}\` names no port`, hint);
    return { to, port };
  }
  const [, scheme = '', authority = '', rest = ''] = url;
  const known = schemes.get(scheme.toLowerCase());
  if (known === undefined) {
    throw new UsageError(
      `scheme \`${scheme}\` is not known`,
      `schemes: ${[...schemes.keys()].join(', ')}`,
    );
  }
  const [protocol, defaultPort] = known;
  const [to, given] = splitAuthority(authority.slice(authority.lastIndexOf('@') + 1), argument);
  const port = given ?? defaultPort;
  if (port === undefined) throw new UsageError(`\`${argument}\` names no port`, hint);
  const path = rest.startsWith('?') ? `/${rest}` : rest;
  return { to, port, protocol, ...(path === '' ? {} : { path }) };
}

const accessProtocols = ['HTTP', 'TLS', 'TCP', 'UDP'] as const;

/** Reads `host[:port][/HTTP|TLS|TCP|UDP]`, as expectations and annotations write it. */
export function parseAccessTarget(argument: string): AccessTarget {
  const slash = argument.lastIndexOf('/');
  const word = slash < 0 ? '' : argument.slice(slash + 1).toUpperCase();
  const protocol = accessProtocols.find(item => item === word);
  if (slash >= 0 && protocol === undefined) {
    throw new UsageError(
      `\`${argument}\`: protocol \`${argument.slice(slash + 1)}\` is not known`,
      'write HTTP, TLS, TCP or UDP behind the slash',
    );
  }
  const [host, port] = splitAuthority(slash < 0 ? argument : argument.slice(0, slash), argument);
  return {
    host,
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}
