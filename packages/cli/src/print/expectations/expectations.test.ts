import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectationsSchema } from '@sidetrace/core/access';
import Ajv2020 from 'ajv/dist/2020';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runSidetrace } from '../../testing/run-sidetrace';
import { Places } from '../places';
import { expectationsGithub } from './github';
import { expectationsJunit } from './junit';
import { expectationsTap } from './tap';

const examples = join(import.meta.dirname, '../../../../../examples');
const mesh = join(examples, 'unregistered-host', 'mesh.yaml');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'expect-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sidetrace = (args: readonly string[], env: Record<string, string> = {}) =>
  runSidetrace(['test', '-f', mesh, ...args], { columns: 80, env });

/** Writes a file with these expectations; each is `to`, and what is added. */
function fileOf(items: readonly string[], name = 'expect.yaml'): string {
  const path = join(folder, name);
  const list = items
    .map(item => `  - ${item}\n    from: {namespace: shop, workload: web}\n`)
    .join('');
  writeFileSync(
    path,
    `apiVersion: sidetrace.dev/v1alpha1\nkind: Expectations\nexpectations:\n${list}`,
  );
  return path;
}
const holds = 'id: holds\n    to: api.payments.example:443/TLS\n    must: reach';
const violated = 'id: violated\n    to: news.example:443/TLS\n    must: reach';
const warned = violated.replace('id: violated', 'id: warned\n    level: warning');
const waive = (until: string) =>
  violated.replace(
    'id: violated',
    `id: waived\n    waiver: {until: ${until}, reason: moving, owner: pay}`,
  );
const unmatched = 'id: nothing\n    to: "group:none"\n    must: reach';

const everything = [holds, violated, warned, waive('2027-01-01')];

describe('exit codes', () => {
  test.each([
    ['all hold', [holds], [], 0],
    ['a violation', [holds, violated], [], 1],
    ['a violation of level warning', [warned], [], 0],
    ['a violation of level warning, where the bar is there', [warned], ['--fail-on', 'warning'], 1],
    ['a waiver', [waive('2026-11-24')], [], 0],
    ['a waiver that ran out', [waive('2026-11-23')], [], 1],
  ])('%s', async (_, items, options, code) => {
    expect((await sidetrace([fileOf(items), ...options])).code).toBe(code);
  });
  test('a selector that matches nothing', async () => {
    const file = fileOf([holds]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('workload: web', 'workload: nobody'));
    expect((await sidetrace([file])).code).toBe(2);
  });
});

describe('a wrong file', () => {
  test('is told with file, line and field', async () => {
    const { code, err } = await sidetrace([fileOf([`${holds}\n    becuse: [x]`])]);
    expect(code).toBe(2);
    expect(err).toMatch(/expect\.yaml:7: `expectations\.0\.becuse` unknown field/);
  });
  test('names every mistake', async () => {
    const { err } = await sidetrace([fileOf([unmatched, holds, holds])]);
    expect(err).toMatch(/there is no group `none`/);
    expect(err).toMatch(/`holds` is used twice/);
  });
});

describe('outputs', () => {
  test('text fits in 80 columns', async () => {
    const { out } = await sidetrace([fileOf(everything)]);
    const words = (line: string) => line.trim().split(' ').length;
    expect(out.split('\n').filter(line => line.length > 80 && words(line) > 1)).toEqual([]);
    expect(out).toMatch(/1 hold, 2 violated, 0 undetermined, 1 waived/);
    expect(out).toMatch(/waived until 2027-01-01 by pay: moving/);
  });

  test('tap has a plan and a point for each', async () => {
    const { out } = await sidetrace([fileOf(everything), '-o', 'tap']);
    expect(out).toMatch(/^TAP version 14\n1\.\.4\nok 1 - holds\nnot ok 2 - violated\n {2}---\n/);
    expect(out).toMatch(/^ok 4 - waived # SKIP waived until 2027-01-01/m);
    const [, block = ''] = / {2}---\n([\s\S]*?) {2}\.\.\./.exec(out) ?? [];
    expect(parse(block)).toMatchObject({ severity: 'error', status: 'violated' });
  });

  test('junit: violated fails, waived is skipped with its reason', async () => {
    const { out } = await sidetrace([fileOf(everything), '-o', 'junit']);
    expect(out).toMatch(/tests="4" failures="2" errors="0" skipped="1"/);
    expect(out).toMatch(/<skipped message="waived until 2027-01-01 by pay: moving"\/>/);
  });

  test('markdown has a table of results and one of counterexamples', async () => {
    const { out } = await sidetrace([fileOf(everything), '-o', 'markdown']);
    expect(out).toMatch(/\| ✗ violated \| `violated` \|/);
    expect(out).toMatch(/### violated\n\n\| pod \| destination/);
  });

  test('github shows at most ten annotations of a kind, and appends to the summary that is named', async () => {
    const many = Array.from({ length: 13 }, (_, at) =>
      violated.replace('id: violated', `id: v${at}`),
    );
    const summary = join(folder, 'summary.md');
    writeFileSync(summary, 'before\n');
    const { out } = await sidetrace([fileOf([...many, warned]), '-o', 'github'], {
      GITHUB_STEP_SUMMARY: summary,
    });
    const lines = out.split('\n');
    const errors = lines.filter(line => line.startsWith('::error '));
    expect(errors).toHaveLength(10);
    expect(errors[9]).toBe('::error title=sidetrace::4 more are in the summary of the step');
    expect(lines.filter(line => line.startsWith('::warning '))).toHaveLength(1);
    expect(errors[0]).toMatch(/^::error file=.*mesh\.yaml,line=\d+,title=v0::/);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## Expectations: /);
  });

  const unknown = {
    id: 'a',
    level: 'error' as const,
    status: 'undetermined' as const,
    sentence: '100% unknown\nreally',
    workloads: 1,
    destinations: 1,
    counterexamples: [],
  };
  const report = {
    results: [unknown],
    ...{ holds: 0, violated: 0, undetermined: 1, waived: 0 },
    exitCode: 4 as const,
  };
  const places = new Places(() => undefined);
  test('what cannot be told is an error for junit and github, not ok for tap', () => {
    expect(expectationsJunit(report, places)).toMatch(/failures="0" errors="1"[\s\S]*<error /);
    expect(expectationsTap(report, places)).toMatch(/^not ok 1 - a$/m);
    expect(expectationsGithub(report, 'e.yaml', places)).toMatch(/^::error /);
  });
  test('an annotation escapes what would end it', () => {
    expect(expectationsGithub(report, 'a,b:c.yaml', places)).toMatch(
      /^::error file=a%2Cb%3Ac\.yaml,title=a::100%25 unknown%0Areally\n/,
    );
  });
});

describe('sarif', () => {
  const schemaFile = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
  const schema: object = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve(schemaFile), 'utf8'),
  );
  // a pattern of the published schema is no regular expression with the flag `u`
  const validate = addFormats(
    new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }),
  ).compile(schema);

  test('is valid 2.1.0, with the trace as codeFlow', async () => {
    const { out } = await sidetrace([fileOf(everything), '-o', 'sarif']);
    const log = JSON.parse(out);
    validate(log);
    expect(validate.errors).toBeNull();
    const [first, , waived] = log.runs[0].results;
    expect(first).toMatchObject({ ruleId: 'violated', kind: 'fail', level: 'error' });
    const steps = first.codeFlows[0].threadFlows[0].locations;
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.at(-1).location.message.text).toMatch(/SSL_ERROR_SYSCALL/);
    expect(waived.suppressions).toHaveLength(1);
    validate({ ...log, version: '9' });
    expect(validate.errors).not.toBeNull();
  });
});

describe('--init and --explain', () => {
  test("today's access holds", async () => {
    const file = join(folder, 'init.yaml');
    const { code, err } = await sidetrace([file, '--init']);
    expect([code, err]).toEqual([0, `${file} is written\n`]);
    expect((await sidetrace([file])).code).toBe(0);
    const again = await sidetrace([file, '--init']);
    expect(again.code).toBe(2);
    expect(again.err).toMatch(/exists/);
  });
  test('the trace behind an expectation', async () => {
    const file = fileOf(everything);
    const { code, out } = await sidetrace([file, '--explain', 'violated']);
    expect(code).toBe(0);
    expect(out).toMatch(/must reach `news\.example:443\/TLS`/);
    expect(out).toMatch(/Blocked by/);
    expect((await sidetrace([file, '--explain', 'other'])).err).toMatch(
      /there are holds, violated/,
    );
  });
});

test('the published schema is the one that files are checked with, and accepts the examples', () => {
  const path = createRequire(import.meta.url).resolve(
    '@sidetrace/core/schemas/expectations-v1alpha1.schema.json',
  );
  const published = JSON.parse(readFileSync(path, 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(expectationsSchema)));
  const validate = addFormats(new Ajv2020({ allErrors: true, strictTypes: false })).compile(
    published,
  );
  validate(parse(readFileSync(join(examples, 'unregistered-host', 'expect.yaml'), 'utf8')));
  expect(validate.errors).toBeNull();
  expect(validate({ kind: 'Expectations' })).toBe(false);
});
