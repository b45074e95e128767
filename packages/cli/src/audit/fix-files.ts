import { readFileSync, writeFileSync } from 'node:fs';
import { type Finding, formatObjectRef } from '@sidetrace/core';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { LoadedMesh } from '../input/load-mesh';
import type { Io } from '../io';
import { type Palette, paletteFor } from '../print/palette';
import { UsageError } from '../usage-error';
import { type EditableText, type FileChange, type FixPlan, planFixes } from './plan-fixes';

/** Only plain UTF-8 files are written back: what was unpacked or decoded otherwise would come out differently. */
function editableText(textOf: LoadedMesh['textOf']): EditableText {
  const known = new Map<string, ReturnType<EditableText>>();
  const look = (file: string): ReturnType<EditableText> => {
    if (file === '-') return { kind: 'fixed', reason: 'it comes from standard input' };
    const text = textOf(file);
    if (text === undefined)
      return { kind: 'fixed', reason: `\`${file}\` is no file that was read` };
    return readFileSync(file).equals(Buffer.from(text, 'utf8'))
      ? { kind: 'text', text }
      : { kind: 'fixed', reason: `\`${file}\` is compressed or not plain UTF-8` };
  };
  return file => {
    const result = known.get(file) ?? look(file);
    known.set(file, result);
    return result;
  };
}

function colouredLine(line: string, palette: Palette): string {
  if (line.startsWith('@@')) return palette.cyan(line);
  if (line.startsWith('---') || line.startsWith('+++')) return palette.bold(line);
  if (line.startsWith('+')) return palette.green(line);
  return line.startsWith('-') ? palette.red(line) : line;
}

/** A change as unified diff, as `patch -p0` takes it. */
export function unifiedDiff({ file, before, after }: FileChange, palette: Palette): string {
  const patch = createTwoFilesPatch(file, file, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return patch
    .split('\n')
    .map(line => colouredLine(line, palette))
    .join('\n');
}

function writeChange({ file, after }: FileChange): void {
  try {
    writeFileSync(file, after);
  } catch (error) {
    throw new UsageError(`--write: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function summary({ applied, changes, notApplied }: FixPlan, written: boolean): string {
  const lines = notApplied.map(
    ({ finding, reason }) =>
      `not applied: ${finding.id} ${formatObjectRef(finding.object)} (${finding.fix?.title}): ${reason}`,
  );
  const done = written ? 'written' : 'not written: --write does it';
  const total = `fixes of ${applied.length} findings in ${changes.length} files, ${changes.length === 0 ? 'nothing to write' : done}`;
  return [...lines, total].map(line => `${line}\n`).join('');
}

/** Shows what the fixes of findings change, and writes it when told to. Gives the findings that remain. */
export function fixFiles(
  io: Io,
  { textOf }: LoadedMesh,
  findings: readonly Finding[],
  write: boolean,
): readonly Finding[] {
  const plan = planFixes(findings, editableText(textOf));
  const palette = paletteFor(io);
  for (const change of plan.changes) io.out(unifiedDiff(change, palette));
  if (write) for (const change of plan.changes) writeChange(change);
  io.err(summary(plan, write));
  const applied = new Set(plan.applied);
  return write ? findings.filter(finding => !applied.has(finding)) : findings;
}
