import { type SimulateOptions, simulate, type Trace } from '@sidetrace/core';
import { suggestFixes } from '@sidetrace/core/access';
import { type ExitCode, exitCode } from '../exit-code';
import { type CallOptions, callOf } from '../input/call-of';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import { requireWorkload } from '../input/require-workload';
import type { Io } from '../io';
import { remediesMarkdown, remediesText, remedyRecord } from '../print/remedies';
import { traceMarkdown } from '../print/trace-markdown';
import { traceText } from '../print/trace-text';
import { yamlText } from '../print/yaml-text';
import { json, textContext } from './command';

export interface TraceOptions extends RawInputOptions, CallOptions {
  readonly output: 'text' | 'json' | 'yaml' | 'markdown';
  readonly proxyState?: NonNullable<SimulateOptions['proxyState']>;
  readonly all?: boolean;
  /** Also the manifests that would make the call succeed. */
  readonly fix?: boolean;
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
  const { proxyState, output, fix = false } = options;
  const settings = proxyState === undefined ? {} : { proxyState };
  const trace = simulate(mesh, callOf(ref, target, options), settings);
  const isData = output === 'json' || output === 'yaml';
  const code = codeOf(trace);
  const remedies =
    code === exitCode.fine || (isData && !fix)
      ? []
      : suggestFixes(mesh, trace, settings).map(remedyRecord);
  const data = fix ? { ...trace, fixes: remedies } : trace;
  if (output === 'json') io.out(json(data));
  else if (output === 'yaml') io.out(yamlText(data));
  else if (output === 'markdown') {
    io.out(traceMarkdown(trace, places));
    io.out(remediesMarkdown(remedies, fix));
  } else {
    const context = textContext(io, places, options.all ?? false);
    io.out(traceText(trace, context));
    if (code !== exitCode.fine) io.out(remediesText(remedies, context, fix));
  }
  return complete ? code : exitCode.notRead;
}
