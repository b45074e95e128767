import type { Call, WorkloadRef } from '@sidetrace/core';
import { UsageError } from '../usage-error';
import { parseCallTarget } from './parse-target';

/** What options say about a call, beside workload and target. */
export interface CallOptions {
  readonly as?: string;
  readonly gid?: string;
  readonly container?: string;
  readonly ip?: string;
  readonly sni?: string;
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly header?: readonly string[];
  readonly protocol?: Call['protocol'];
}

/** Protocol of a bare `host:port`: what is usually spoken there. */
function usualProtocol(port: number): Call['protocol'] {
  if (port === 443 || port === 8443) return 'https';
  return [80, 8000, 8080, 8888, 9080].includes(port) ? 'http' : 'tcp';
}

function readId(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new UsageError(`${option}: \`${text}\` is no number`);
  return Number(text);
}

function readHeaders(headers: readonly string[] | undefined): Call['headers'] {
  if (headers === undefined) return undefined;
  return Object.fromEntries(
    headers.map(header => {
      const at = header.indexOf(':');
      if (at < 1)
        throw new UsageError(`\`${header}\` is no header`, 'write --header "name: value"');
      return [header.slice(0, at).trim(), header.slice(at + 1).trim()];
    }),
  );
}

/** The call that a workload, a target and options name. */
export function callOf(from: WorkloadRef, target: string, options: CallOptions): Call {
  const { to, port, protocol, path } = parseCallTarget(target);
  const { container, ip, sni, host, method } = options;
  const members = {
    container,
    uid: readId(options.as, '--as'),
    gid: readId(options.gid, '--gid'),
    address: ip,
    sni,
    host,
    method,
    path: options.path ?? path,
    headers: readHeaders(options.header),
  };
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  const spoken = options.protocol ?? protocol ?? usualProtocol(port);
  return { from, to, port, protocol: spoken, ...Object.fromEntries(given) };
}
