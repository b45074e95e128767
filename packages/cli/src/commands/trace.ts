import { type SimulateOptions, simulate, type Trace } from '@sidetrace/core';
import { type ExitCode, exitCode } from '../exit-code';
import { type CallOptions, callOf } from '../input/call-of';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import { requireWorkload } from '../input/require-workload';
import type { Io } from '../io';
import { traceMarkdown } from '../print/trace-markdown';
import { traceText } from '../print/trace-text';
import { yamlText } from '../print/yaml-text';
import { json, textContext } from './command';

export interface TraceOptions extends RawInputOptions, CallOptions {
  readonly output: 'text' | 'json' | 'yaml' | 'markdown';
  readonly proxyState?: NonNullable<SimulateOptions['proxyState']>;
  readonly all?: boolean;
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
  else if (options.output === 'yaml') io.out(yamlText(trace));
  else if (options.output === 'markdown') io.out(traceMarkdown(trace, places));
  else io.out(traceText(trace, textContext(io, places, options.all ?? false)));
  return complete ? codeOf(trace) : exitCode.notRead;
}
