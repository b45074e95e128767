import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import type { Mesh } from '@sidetrace/core';
import {
  type CheckOptions,
  checkExpectations,
  type ExpectationReport,
  explainExpectation,
  initExpectations,
} from '@sidetrace/core/access';
import { stringify } from 'yaml';
import { type ExitCode, exitCode } from '../exit-code';
import { type ExpectationFile, readExpectations } from '../expectations/read-expectations';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { type LoadedMesh, loadMesh } from '../input/load-mesh';
import type { Io } from '../io';
import { explainedText } from '../print/expectations/explained-text';
import { expectationsGithub } from '../print/expectations/github';
import { expectationsJunit } from '../print/expectations/junit';
import { expectationsMarkdown } from '../print/expectations/markdown';
import { expectationsSarif } from '../print/expectations/sarif';
import { expectationsTap } from '../print/expectations/tap';
import { expectationsText } from '../print/expectations/text';
import type { Places } from '../print/places';
import { UsageError } from '../usage-error';
import { version } from '../version';
import { json, textContext } from './command';

export interface TestOptions extends RawInputOptions {
  readonly output: 'text' | 'json' | 'junit' | 'tap' | 'sarif' | 'markdown' | 'github';
  readonly init?: boolean;
  readonly explain?: string;
  readonly failOn?: NonNullable<CheckOptions['failOn']>;
}

interface Checked {
  readonly mesh: Mesh;
  readonly places: Places;
  readonly file: ExpectationFile;
  readonly report: ExpectationReport;
  readonly options: CheckOptions;
}

function sarif({ mesh, places, file, report, options }: Checked): string {
  return expectationsSarif({
    report,
    places,
    version,
    expectations: file.expectations,
    file: file.file,
    lineOf: index => file.lineOf(`expectations.${index}`),
    waysOf: id =>
      explainExpectation(mesh, file.expectations, id, options)?.ways.filter(
        ({ holds }) => !holds,
      ) ?? [],
  });
}

function formatted(checked: Checked, format: TestOptions['output'], io: Io): string {
  const { report, places, file } = checked;
  switch (format) {
    case 'json':
      return json(report);
    case 'junit':
      return expectationsJunit(report, places);
    case 'tap':
      return expectationsTap(report, places);
    case 'sarif':
      return sarif(checked);
    case 'markdown':
      return expectationsMarkdown(report, places);
    case 'github':
      return expectationsGithub(report, file.file, places);
    case 'text':
      return expectationsText(report, textContext(io, places, false));
  }
}

/** GitHub shows what a step appends to the file of this variable on the page of the run. */
function writeSummary({ report, places }: Checked, io: Io): void {
  const file = io.env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === '') return;
  try {
    appendFileSync(file, expectationsMarkdown(report, places));
  } catch (error) {
    io.err(`GITHUB_STEP_SUMMARY: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** Prints the expectations, or writes them to a file that is not there yet. */
function writeInit(io: Io, mesh: Mesh, file: string | undefined): void {
  const text = stringify(initExpectations(mesh), { lineWidth: 0, aliasDuplicateObjects: false });
  if (file === undefined) io.out(text);
  else {
    writeFileSync(file, text, { flag: 'wx' });
    io.err(`${file} is written\n`);
  }
}

async function runInit(io: Io, file: string | undefined, options: TestOptions): Promise<ExitCode> {
  if (options.explain !== undefined) {
    throw new UsageError('--init and --explain exclude each other', 'leave out one of them');
  }
  if (file !== undefined && existsSync(file)) {
    throw new UsageError(`${file} exists`, 'name a new file, or none to print');
  }
  const { mesh, complete } = await loadMesh(readInputOptions(options), io);
  writeInit(io, mesh, file);
  return complete ? exitCode.fine : exitCode.notRead;
}

function explain(
  io: Io,
  { mesh, places }: LoadedMesh,
  { expectations }: ExpectationFile,
  id: string,
  options: TestOptions,
): void {
  const { output } = options;
  if (output !== 'text' && output !== 'json') {
    throw new UsageError(`--explain: there is no \`${output}\``, 'use -o text or -o json');
  }
  const found = explainExpectation(mesh, expectations, id);
  if (found === undefined) {
    const ids = expectations.expectations.map(item => item.id).join(', ');
    throw new UsageError(`there is no expectation \`${id}\``, `there are ${ids}`);
  }
  io.out(output === 'json' ? json(found) : explainedText(found, textContext(io, places, false)));
}

/** `sidetrace test`: whether stated expectations about access hold. */
export async function runTest(
  io: Io,
  named: string | undefined,
  options: TestOptions,
): Promise<ExitCode> {
  if (options.init === true) return runInit(io, named, options);
  if (named === undefined) {
    throw new UsageError('no expectations are named', 'name a file, or write one with --init');
  }
  const file = readExpectations(named);
  const loaded = await loadMesh(readInputOptions(options), io);
  const { mesh, places, complete } = loaded;
  if (options.explain !== undefined) {
    explain(io, loaded, file, options.explain, options);
    return complete ? exitCode.fine : exitCode.notRead;
  }
  const { failOn } = options;
  const check: CheckOptions = {
    today: io.now().toISOString().slice(0, 10),
    ...(failOn !== undefined && { failOn }),
  };
  const report = checkExpectations(mesh, file.expectations, check);
  const checked: Checked = { mesh, places, file, report, options: check };
  io.out(formatted(checked, options.output, io));
  if (options.output === 'github') writeSummary(checked, io);
  return complete ? report.exitCode : exitCode.notRead;
}
