import { accessMatrix, diffMatrices, type MatrixDiff } from '@sidetrace/core/access';
import { type ExitCode, exitCode } from '../exit-code';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import type { Io } from '../io';
import { diffCsv, diffJson, diffMarkdown, diffText, isEmptyDiff } from '../print/diff-text';
import type { Places } from '../print/places';
import { yamlText } from '../print/yaml-text';
import { accessOptionsOf } from './access';
import { json, textContext } from './command';

export interface DiffOptions extends RawInputOptions {
  readonly output: 'text' | 'json' | 'yaml' | 'csv' | 'markdown';
  readonly host?: readonly string[];
}

export function writeDiff(
  diff: MatrixDiff,
  format: DiffOptions['output'],
  places: Places,
  io: Io,
): void {
  if (format === 'json') io.out(json(diffJson(diff)));
  else if (format === 'yaml') io.out(yamlText(diffJson(diff)));
  else if (format === 'csv') io.out(diffCsv(diff, places));
  else if (format === 'markdown') io.out(diffMarkdown(diff, places));
  else io.out(diffText(diff, textContext(io, places, false)));
}

/** `sidetrace diff`: the access that differs between two inputs. */
export async function runDiff(
  io: Io,
  before: string,
  after: string,
  options: DiffOptions,
): Promise<ExitCode> {
  const input = readInputOptions(options);
  const shared = input.filename;
  const [old, fresh] = [
    await loadMesh({ ...input, filename: [...shared, before] }, io),
    await loadMesh({ ...input, filename: [...shared, after] }, io),
  ];
  const hosts = options.host ?? [];
  const diff = diffMatrices(
    accessMatrix(old.mesh, accessOptionsOf(old.mesh, undefined, hosts, input)),
    accessMatrix(fresh.mesh, accessOptionsOf(fresh.mesh, undefined, hosts, input)),
  );
  writeDiff(diff, options.output, fresh.places, io);
  if (!old.complete || !fresh.complete) return exitCode.notRead;
  return isEmptyDiff(diff) ? exitCode.fine : exitCode.findings;
}
