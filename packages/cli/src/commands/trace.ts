import {
  type Call,
  type SimulateOptions,
  simulate,
  type Trace,
  type WorkloadRef,
} from '@sidetrace/core';
import { stringify } from 'yaml';
import { type ExitCode, exitCode } from '../exit-code';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import { parseCallTarget } from '../input/parse-target';
import { requireWorkload } from '../input/require-workload';
import type { Io } from '../io';
import { traceText } from '../print/trace-text';
import { UsageError } from '../usage-error';
import { json, textContext } from './command';

export interface TraceOptions extends RawInputOptions {
  readonly output: 'text' | 'json' | 'yaml';
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
  readonly proxyState?: NonNullable<SimulateOptions['proxyState']>;
  readonly all?: boolean;
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

function callOf(from: WorkloadRef, target: string, options: TraceOptions): Call {
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

function codeOf({ disposition, symptom }: Trace): ExitCode {
  if (disposition === 'undetermined') return exitCode.undetermined;
  const isFine =
    disposition === 'delivered' ||
    (disposition === 'answered-by-proxy' && (symptom.http?.status ?? 500) < 400);
  return isFine ? exitCode.fine : exitCode.findings;
}

/** `sidetrace trace`: the hops of one call, and what the application sees. */
export async function runTrace(
  io: Io,
  workload: string,
  target: string,
  options: TraceOptions,
): Promise<ExitCode> {
  const input = readInputOptions(options);
  const { mesh, places, complete } = await loadMesh(input, io);
  const { ref } = requireWorkload(mesh, workload, input.namespace);
  const { proxyState } = options;
  const trace = simulate(
    mesh,
    callOf(ref, target, options),
    proxyState === undefined ? {} : { proxyState },
  );
  if (options.output === 'json') io.out(json(trace));
  else if (options.output === 'yaml') io.out(stringify(trace));
  else io.out(traceText(trace, textContext(io, places, options.all ?? false)));
  return complete ? codeOf(trace) : exitCode.notRead;
}
