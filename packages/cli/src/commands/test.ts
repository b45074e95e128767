import { readFileSync } from 'node:fs';
import { parseYaml } from '@sidetrace/core';
import {
  checkExpectations,
  type ExpectationReport,
  type Expectations,
  initExpectations,
  parseExpectations,
} from '@sidetrace/core/access';
import { stringify } from 'yaml';
import { type ExitCode, exitCode } from '../exit-code';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import type { Io } from '../io';
import { expectationsJunit, expectationsText } from '../print/expectations';
import type { Places } from '../print/places';
import { UsageError } from '../usage-error';
import { json, textContext } from './command';

export interface TestOptions extends RawInputOptions {
  readonly output: 'text' | 'json' | 'junit';
  readonly init?: boolean;
}

function readExpectations(file: string): Expectations {
  const parsed = parseYaml(readFile(file));
  if (!parsed.ok) throw new UsageError(`${file}:${parsed.line}: ${parsed.message}`);
  const { expectations, issues } = parseExpectations(parsed.value);
  const [first] = issues;
  if (expectations !== undefined) return expectations;
  throw new UsageError(
    `${file}: ${first?.path ?? ''}: ${first?.message ?? 'not valid'}`,
    first?.hint,
  );
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function write(
  report: ExpectationReport,
  format: TestOptions['output'],
  places: Places,
  io: Io,
): void {
  if (format === 'json') io.out(json(report));
  else if (format === 'junit') io.out(expectationsJunit(report, places));
  else io.out(expectationsText(report, textContext(io, places, false)));
}

/** `sidetrace test`: whether stated expectations about access hold. */
export async function runTest(
  io: Io,
  file: string | undefined,
  options: TestOptions,
): Promise<ExitCode> {
  const input = readInputOptions(options);
  if (file === undefined && options.init !== true) {
    throw new UsageError('no expectations are named', 'name a file, or write one with --init');
  }
  const expectations = file === undefined ? undefined : readExpectations(file);
  const { mesh, places, complete } = await loadMesh(input, io);
  if (expectations === undefined) {
    io.out(stringify(initExpectations(mesh)));
    return complete ? exitCode.fine : exitCode.notRead;
  }
  const report = checkExpectations(mesh, expectations, {
    today: io.now().toISOString().slice(0, 10),
  });
  write(report, options.output, places, io);
  return complete ? report.exitCode : exitCode.notRead;
}
