import { explainSymptom, reasonCodes } from '@sidetrace/core';
import { rules } from '@sidetrace/core/audit';
import { explainReason } from '@sidetrace/core/explain';
import { type ExitCode, exitCode } from '../exit-code';
import type { Io } from '../io';
import { wrap } from '../print/columns';
import { type Palette, paletteFor } from '../print/palette';
import { UsageError } from '../usage-error';
import { json } from './command';

export interface ExplainOptions {
  readonly output: 'text' | 'json';
}

type Symptom = NonNullable<ReturnType<typeof explainSymptom>>;

function symptomText({ title, causes }: Symptom, palette: Palette): string {
  const lines = causes.flatMap(({ reason, cause, tellApart, remedy }, index) => [
    '',
    `${index + 1}. ${wrap(cause, 100, 3)} ${palette.dim(`[${reason}]`)}`,
    `   tell apart: ${wrap(tellApart, 100, 15)}`,
    ...(remedy === undefined ? [] : [`   remedy: ${wrap(remedy, 100, 11)}`]),
  ]);
  return `${[palette.bold(title), ...lines].join('\n')}\n`;
}

/** A code of an answer, a check of the audit, or what somebody sees. */
function explained(asked: string, palette: Palette) {
  const reason = reasonCodes.find(code => code === asked);
  if (reason !== undefined) {
    const value = explainReason(reason);
    const { title, meaning, remedy } = value;
    const rest = remedy === undefined ? '' : `\nremedy: ${remedy}`;
    return { value, text: `${palette.bold(title)}\n${meaning}${rest}\n` };
  }
  const rule = rules.find(({ id, aliases }) => id === asked || aliases.includes(asked));
  if (rule !== undefined) {
    const { id, level, title, why, tags } = rule;
    const text = `${palette.bold(`${id}: ${title}`)} (${level})\n${why}\n`;
    return { value: { id, level, title, why, tags }, text };
  }
  const symptom = explainSymptom(asked);
  return symptom === undefined
    ? undefined
    : { value: symptom, text: symptomText(symptom, palette) };
}

/** `sidetrace explain`: what a code or a symptom means, with its causes and how to tell them apart. */
export async function runExplain(
  io: Io,
  words: readonly string[],
  options: ExplainOptions,
): Promise<ExitCode> {
  const asked = words.join(' ');
  const found = explained(asked, paletteFor(io));
  if (found === undefined) {
    throw new UsageError(
      `nothing is known about \`${asked}\``,
      'give a reason code, a check, or what the client shows: "502", "SSL_ERROR_SYSCALL", "404 NR"',
    );
  }
  io.out(options.output === 'json' ? json(found.value) : found.text);
  return exitCode.fine;
}
