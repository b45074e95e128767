import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type AuditReport, type Finding, parseYaml } from '@sidetrace/core';
import {
  applyWaivers,
  compareWithBaseline,
  type Locate,
  limits,
  makeBaseline,
  missingInputs,
  readWaivers,
  rules,
  toCsv,
  toJunit,
  toMarkdown,
  toSarif,
  type Waiver,
} from '@sidetrace/core/audit';
import { auditInputOf } from '../audit/audit-input';
import { fixFiles } from '../audit/fix-files';
import { runCatalogue } from '../audit/run-catalogue';
import { runIstioCodes } from '../audit/run-istio-codes';
import { type ExitCode, exitCode } from '../exit-code';
import type { ConfigFile } from '../input/config-file';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { type LoadedMesh, loadMesh } from '../input/load-mesh';
import type { Io } from '../io';
import { findingsText } from '../print/findings-text';
import type { Places } from '../print/places';
import { UsageError } from '../usage-error';
import { version } from '../version';
import { json, textContext } from './command';

export interface AuditOptions extends RawInputOptions {
  readonly output: 'text' | 'json' | 'sarif' | 'junit' | 'markdown' | 'csv';
  readonly failOn?: string;
  readonly waivers?: string;
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly fix?: boolean;
  readonly write?: boolean;
  readonly istioCodes?: boolean;
}

const levels = ['error', 'warning', 'info'] as const;

function failLevels(word: string): readonly Finding['level'][] {
  if (word === 'none') return [];
  const least = levels.find(level => level === word);
  if (least === undefined) {
    throw new UsageError(`--fail-on: \`${word}\` is not known`, 'error, warning, info or none');
  }
  return levels.slice(0, levels.indexOf(least) + 1);
}

function readText(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function loadWaivers(file: string | undefined): readonly Waiver[] {
  if (file === undefined) return [];
  const parsed = parseYaml(readText(file, '--waivers'));
  if (!parsed.ok) throw new UsageError(`${file}:${parsed.line}: ${parsed.message}`);
  const { waivers, issues } = readWaivers(parsed.value);
  const [first] = issues;
  if (first !== undefined) {
    throw new UsageError(
      `${file}: ${first.path === undefined ? '' : `${first.path}: `}${first.message}`,
      first.hint,
    );
  }
  return waivers;
}

function readBaseline(file: string): readonly string[] {
  // JSON is YAML
  const parsed = parseYaml(readText(file, '--baseline'));
  const fields = parsed.ok
    ? new Map<string, unknown>(Object.entries(parsed.value ?? {}))
    : undefined;
  const list = fields?.get('fingerprints');
  if (!Array.isArray(list) || !list.every(item => typeof item === 'string')) {
    throw new UsageError(`${file} is no baseline`, 'write one with --write-baseline');
  }
  return list;
}

interface Outcome {
  readonly report: AuditReport;
  /** Open findings that the baseline holds back. */
  readonly known: number;
}

function reportOf(
  loaded: LoadedMesh,
  options: AuditOptions,
  { waivers: waiverFile, declaredHosts: declared }: Pick<ConfigFile, 'waivers' | 'declaredHosts'>,
  io: Io,
): Outcome {
  const { mesh, raw } = loaded;
  const { findings, skipped } = runCatalogue(auditInputOf(loaded, declared), io);
  const time = io.now().toISOString();
  const { open, waived, expired, unused } = applyWaivers(
    findings,
    loadWaivers(waiverFile),
    time.slice(0, 10),
  );
  const { fresh, known } =
    options.baseline === undefined
      ? { fresh: open, known: [] }
      : compareWithBaseline(open, { fingerprints: readBaseline(options.baseline) });
  const digest = createHash('sha256')
    .update(JSON.stringify(raw.map(({ value }) => value)))
    .digest('hex');
  const report: AuditReport = {
    schema: 'sidetrace.dev/audit/v1',
    header: {
      input: digest,
      istioVersion: mesh.istioVersion,
      flags: mesh.options.flags ?? {},
      toolVersion: version,
      time,
      missingInputs: missingInputs(skipped),
      limits,
    },
    findings: fresh,
    waived,
    expired,
    unusedWaivers: unused,
    skipped,
    assumptions: mesh.assumptions,
  };
  return { report, known: known.length };
}

/** Findings of a report with line and column of their fields. */
function withPositions(report: AuditReport, locate: Locate): AuditReport {
  const placed = (finding: Finding): Finding => {
    const { source, path = '' } = finding;
    return source === undefined ? finding : { ...finding, position: locate(source, path) };
  };
  const waived = ({ finding, waiver }: AuditReport['waived'][number]) => ({
    finding: placed(finding),
    waiver,
  });
  return {
    ...report,
    findings: report.findings.map(placed),
    waived: report.waived.map(waived),
    expired: report.expired.map(waived),
  };
}

function formatReport(
  report: AuditReport,
  format: AuditOptions['output'],
  io: Io,
  places: Places,
): string {
  const locate: Locate = (source, path) => places.position(source, path);
  switch (format) {
    case 'json':
      return json(withPositions(report, locate));
    case 'sarif':
      return toSarif(report, rules, locate);
    case 'junit':
      return toJunit(report, rules);
    case 'markdown':
      return toMarkdown(report, locate);
    case 'csv':
      return toCsv(report, locate);
    case 'text':
      return findingsText(report, textContext(io, places, false));
  }
}

function checkOptions(options: AuditOptions): void {
  const { fix, write, writeBaseline, output, istioCodes, waivers, baseline } = options;
  if (write === true && fix !== true) {
    throw new UsageError('--write writes fixes', 'add --fix, or use --write-baseline');
  }
  if (fix === true && (writeBaseline === true || output !== 'text')) {
    throw new UsageError(
      '--fix prints a diff and nothing else',
      'leave out -o and --write-baseline',
    );
  }
  if (istioCodes !== true) return;
  if (output !== 'text' && output !== 'json') {
    throw new UsageError(`--istio-codes: there is no \`${output}\``, 'use -o text or -o json');
  }
  if (fix ?? writeBaseline ?? waivers ?? baseline) {
    throw new UsageError(
      '--istio-codes prints what istioctl says and nothing else',
      'leave out --fix, --waivers and baselines',
    );
  }
}

/** Prints what was asked for; gives the levels of what is open. */
function answer(
  io: Io,
  options: AuditOptions,
  loaded: LoadedMesh,
  config: Pick<ConfigFile, 'waivers' | 'declaredHosts'>,
): readonly Finding['level'][] {
  const { fix, write, istioCodes, writeBaseline, output } = options;
  if (istioCodes === true) return runIstioCodes(io, loaded, output === 'json' ? 'json' : 'text');
  const { report, known } = reportOf(loaded, options, config, io);
  if (known > 0) io.err(`${known} findings are in the baseline\n`);
  const open = [...report.expired.map(({ finding }) => finding), ...report.findings];
  if (fix === true) {
    return fixFiles(io, loaded, open, write === true).map(({ level }) => level);
  }
  if (writeBaseline === true) {
    io.out(json(makeBaseline(report.findings)));
    return [];
  }
  io.out(formatReport(report, output, io, loaded.places));
  return open.map(({ level }) => level);
}

/** `sidetrace audit`: what the catalogue of checks finds in the mesh, or a diff that fixes it. */
export async function runAudit(io: Io, options: AuditOptions): Promise<ExitCode> {
  checkOptions(options);
  const input = readInputOptions(options);
  const failing = failLevels(options.failOn ?? input.config.failOn ?? 'error');
  const loaded = await loadMesh(input, io);
  const { waivers = input.config.waivers } = options;
  const open = answer(io, options, loaded, {
    ...input.config,
    ...(waivers !== undefined && { waivers }),
  });
  if (!loaded.complete) return exitCode.notRead;
  return open.some(level => failing.includes(level)) ? exitCode.findings : exitCode.fine;
}
