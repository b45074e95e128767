import { callVariants, reasonCodes } from '@sidetrace/core';
import { rules } from '@sidetrace/core/audit';
import { explainReason, explainSymptom } from '@sidetrace/core/explain';
import { type ExitCode, exitCode } from '../exit-code';
import { callOf } from '../input/call-of';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import { requireWorkload } from '../input/require-workload';
import type { Io } from '../io';
import { type Palette, paletteFor } from '../print/palette';
import { Places } from '../print/places';
import { symptomText } from '../print/symptom-text';
import type { TextContext } from '../print/trace-text';
import { yamlText } from '../print/yaml-text';
import { UsageError } from '../usage-error';
import { json, textContext } from './command';

export interface ExplainOptions extends RawInputOptions {
  readonly output: 'text' | 'json' | 'yaml';
  readonly workload?: string;
  readonly target?: string;
}

interface Explained {
  readonly value: unknown;
  readonly text: string;
  readonly complete: boolean;
}

/** A code of an answer, or a check of the audit. */
function explainedCode(asked: string, palette: Palette): Explained | undefined {
  const reason = reasonCodes.find(code => code === asked);
  if (reason !== undefined) {
    const value = explainReason(reason);
    const { title, meaning, remedy } = value;
    const rest = remedy === undefined ? '' : `\nremedy: ${remedy}`;
    return { value, text: `${palette.bold(title)}\n${meaning}${rest}\n`, complete: true };
  }
  const rule = rules.find(({ id, aliases }) => id === asked || aliases.includes(asked));
  if (rule === undefined) return undefined;
  const { id, level, title, why, tags } = rule;
  const text = `${palette.bold(`${id}: ${title}`)} (${level})\n${why}\n`;
  return { value: { id, level, title, why, tags }, text, complete: true };
}

/** What somebody sees, with the causes that a mesh makes possible for one call. */
async function explainedCall(
  io: Io,
  asked: string,
  options: ExplainOptions & { readonly workload: string; readonly target: string },
): Promise<Explained | undefined> {
  const input = readInputOptions(options);
  const { mesh, places, complete } = await loadMesh(input, io);
  const { ref } = requireWorkload(mesh, options.workload, input.namespace);
  const value = explainSymptom(asked, callVariants(mesh, callOf(ref, options.target, {})));
  if (value === undefined) return undefined;
  return { value, text: symptomText(value, textContext(io, places, false)), complete };
}

function explainedAnywhere(asked: string, context: TextContext): Explained | undefined {
  const value = explainSymptom(asked);
  return value === undefined
    ? undefined
    : { value, text: symptomText(value, context), complete: true };
}

/** `sidetrace explain`: what a code or a symptom means, with its causes and how to tell them apart. */
export async function runExplain(
  io: Io,
  words: readonly string[],
  options: ExplainOptions,
): Promise<ExitCode> {
  const asked = words.join(' ');
  const { workload, target, output } = options;
  if ((workload === undefined) !== (target === undefined)) {
    throw new UsageError('--workload and --target belong together', 'name both, or none');
  }
  const found =
    workload !== undefined && target !== undefined
      ? await explainedCall(io, asked, { ...options, workload, target })
      : (explainedCode(asked, paletteFor(io)) ??
        explainedAnywhere(asked, textContext(io, new Places(() => undefined), false)));
  if (found === undefined) {
    throw new UsageError(
      `nothing is known about \`${asked}\``,
      'give a reason code, a check, or what the client shows: "502", "SSL_ERROR_SYSCALL", "404 NR"',
    );
  }
  if (output === 'json') io.out(json(found.value));
  else io.out(output === 'yaml' ? yamlText(found.value) : found.text);
  return found.complete ? exitCode.fine : exitCode.notRead;
}
