import {
  type InterceptionResult,
  type InterceptionScript,
  interceptionOf,
  type RawResource,
} from '@sidetrace/core';
import { type ExitCode, exitCode } from '../exit-code';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh, meshOf } from '../input/load-mesh';
import { requireWorkload } from '../input/require-workload';
import type { Io } from '../io';
import type { TextContext } from '../print/trace-text';
import { yamlText } from '../print/yaml-text';
import { json, textContext } from './command';

export interface RulesOptions extends RawInputOptions {
  readonly output: 'text' | 'json' | 'yaml';
  readonly json?: boolean;
  readonly nft?: boolean;
  readonly why?: boolean;
}

type Lines = Extract<InterceptionScript, { backend: 'nftables' }>['nft'];

/** Named texts of a script, in the order in which the tools run. */
function parts(script: InterceptionScript): readonly (readonly [string, Lines])[] {
  if (script.backend === 'nftables') return [['nft -f', script.nft]];
  const v4: readonly [string, Lines] = ['iptables-restore', script.v4];
  return script.v6 === undefined ? [v4] : [v4, ['ip6tables-restore', script.v6]];
}

/** A comment of the save format, which both tools skip; so the text can be loaded as it is. */
function scriptText(
  script: InterceptionScript,
  origins: boolean,
  { places, palette }: TextContext,
): string {
  const lines = parts(script).flatMap(([tool, text]) => [
    palette.bold(`# ${tool}`),
    ...text.flatMap(({ text: line, origin }) =>
      origins && origin !== undefined ? [palette.dim(`# ${places.origin(origin)}`), line] : [line],
    ),
  ]);
  return `${lines.join('\n')}\n`;
}

function resultText(result: InterceptionResult, origins: boolean, context: TextContext): string {
  switch (result.kind) {
    case 'programmed':
      return scriptText(result.script, origins, context);
    case 'not-programmed':
      return `# no rules: ${result.code}\n`;
    case 'failed':
      return `# the pod does not start: ${result.message} [${result.code}]\n`;
    case 'rejected':
      return `# the injector refuses the pod: ${result.message} [${result.code}]\n`;
  }
}

/** Helm values that make Istio program nftables itself. */
const nativeNftables: RawResource = {
  value: { global: { nativeNftables: true } },
  source: { file: '--nft', document: 0, line: 1 },
};

/** `sidetrace rules`: what is programmed in the pod, each rule with the setting that made it. */
export async function runRules(io: Io, workload: string, options: RulesOptions): Promise<ExitCode> {
  const input = readInputOptions(options);
  const loaded = await loadMesh(input, io);
  const { places, complete, raw } = loaded;
  const mesh = options.nft === true ? meshOf([...raw, nativeNftables], input).mesh : loaded.mesh;
  const found = requireWorkload(mesh, workload, input.namespace);
  const interception = interceptionOf(mesh, { workload: found });
  if (options.json === true || options.output === 'json') io.out(json(interception));
  else if (options.output === 'yaml') io.out(yamlText(interception));
  else {
    const context = textContext(io, places, true);
    io.out(resultText(interception.result, options.why ?? false, context));
    for (const { message } of interception.assumptions) io.err(`taken as given: ${message}\n`);
  }
  if (!complete) return exitCode.notRead;
  const { kind } = interception.result;
  return kind === 'programmed' || kind === 'not-programmed' ? exitCode.fine : exitCode.findings;
}
