import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Archive } from './archive';
import { istioVersions, recordedVersions } from './istio-versions';
import { runSuite, type Score, type SuiteRun } from './score';
import { suites } from './suites';

/** Runs the archived suites (all, or those named), prints what misses, and writes scores.json and the table of the README. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'string', default: '0' }, root: { type: 'string', default: '.' } },
});
const folder = join(values.root, 'conformance');
const scoresFile = join(folder, 'scores.json');
type Scores = Record<string, Record<string, Score>>;

function print(label: string, run: SuiteRun): void {
  console.log(`${label}: ${run.passed} of ${run.total}`);
  for (const miss of run.misses.slice(0, Number(values.show))) {
    console.log(`  ${miss.id} ${miss.why?.split('\n')[0] ?? ''}`);
    for (const { path, want, got } of miss.differences.slice(0, 4)) {
      console.log(`    ${path}: recorded ${JSON.stringify(want)}, answered ${JSON.stringify(got)}`);
    }
  }
}

function table(scores: Scores): string {
  const cell = (score: Score | undefined) =>
    score === undefined ? 'not recorded' : `${score.passed} of ${score.total}`;
  const rows = [...suites.keys()].map(
    suite =>
      `| ${suite} | ${istioVersions.map(istio => cell(scores[istio]?.[suite])).join(' | ')} |`,
  );
  return [
    `| suite | ${istioVersions.map(istio => `Istio ${istio}`).join(' | ')} |`,
    `| --- | ${istioVersions.map(() => '---').join(' | ')} |`,
    ...rows,
  ].join('\n');
}

async function main(): Promise<void> {
  const scores: Scores = JSON.parse(readFileSync(scoresFile, 'utf8'));
  for (const name of positionals.length > 0 ? positionals : suites.keys()) {
    const suite = suites.get(name);
    if (suite === undefined) throw new Error(`no suite \`${name}\``);
    const archive = new Archive(join(folder, 'data', `${name}.tar.gz`));
    for (const istio of recordedVersions(name)) {
      const run = await runSuite(suite, archive, istio);
      print(`${name} ${istio}`, run);
      scores[istio] = { ...scores[istio], [name]: { passed: run.passed, total: run.total } };
    }
  }
  writeFileSync(scoresFile, `${JSON.stringify(scores, undefined, 2)}\n`);
  const readme = join(folder, 'README.md');
  const marked = /(<!-- scores -->\n)[\s\S]*?(<!-- \/scores -->)/;
  const updated = readFileSync(readme, 'utf8').replace(
    marked,
    (_, open, close) => `${open}\n${table(scores)}\n\n${close}`,
  );
  writeFileSync(readme, updated);
}

main();
