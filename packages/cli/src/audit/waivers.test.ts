import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// loaded here, so that no test pays for it
import '../commands/audit';
import { runSidetrace } from '../testing/run-sidetrace';

const root = join(import.meta.dirname, '../../../..');
const mesh = join(root, 'examples/https-port-declared-http/mesh.yaml');
const page = readFileSync(join(root, 'docs/waivers.md'), 'utf8');
const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
const id = 'serviceentry/https-port-declared-http';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidetrace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const audit = (args: readonly string[], today = '2027-03-31') =>
  runSidetrace(['audit', '-f', mesh, ...args], { now: () => new Date(`${today}T12:00:00Z`) });

describe('the waivers of docs/waivers.md', () => {
  const waive = (today?: string) => audit(['--waivers', put('waivers.yaml', example)], today);

  test('keep the finding from failing until their last day', async () => {
    expect((await audit([])).code).toBe(1);
    const { code, out } = await waive();
    expect(code).toBe(0);
    expect(out).toContain('1 waived');
    expect(out).not.toContain(`[${id}]`);
  });

  test('fail from the day after, and are named', async () => {
    const { code, out } = await waive('2027-04-01');
    expect(code).toBe(1);
    expect(out).toContain(`error[${id}]`);
    expect(out.replace(/\s+/g, ' ')).toMatch(
      /waiver of .* for ServiceEntry billing\/partner ran out on 2027-03-31/,
    );
  });

  test('are named when nothing needs them', async () => {
    expect((await waive()).out.replace(/\s+/g, ' ')).toContain(
      'waiver of egress/* for * sandbox/* matches nothing',
    );
  });

  test('with an unknown field are a usage error', async () => {
    const file = put('bad.yaml', example.replace('owner: platform', 'team: platform'));
    const { code, err } = await audit(['--waivers', file]);
    expect(code).toBe(2);
    expect(err).toContain('waivers.1.team: field `team` is not known');
  });
});

describe('a baseline', () => {
  const write = async (args: readonly string[] = []) =>
    put('baseline.json', (await audit(['--write-baseline', ...args])).out);

  test('holds back what was there, and says how much', async () => {
    const { code, out, err } = await audit(['--baseline', await write()]);
    expect(code).toBe(0);
    expect(out).toContain('0 errors, 0 warnings');
    expect(err).toMatch(/^\d+ findings are in the baseline$/m);
  });

  test('does not hold back what is new', async () => {
    const { fingerprints } = JSON.parse(readFileSync(await write(), 'utf8'));
    const report = JSON.parse((await audit(['-o', 'json'])).out);
    const [worst] = report.findings;
    const rest = fingerprints.filter((item: string) => item !== worst.fingerprint);
    const file = put('old.json', JSON.stringify({ fingerprints: rest }));
    const { code, out } = await audit(['--baseline', file, '-o', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(out).findings).toEqual([worst]);
  });

  test('does not make a waiver look unneeded', async () => {
    const waivers = put('waivers.yaml', example);
    const args = ['--baseline', await write(), '--waivers', waivers];
    expect((await audit(args)).out.replace(/\s+/g, ' ')).not.toContain(
      'for ServiceEntry billing/partner matches nothing',
    );
  });

  test.each(['{', '[]', '{"fingerprints": [1]}'])('of %s is a usage error', async text => {
    const { code, err } = await audit(['--baseline', put('bad.json', text)]);
    expect(code).toBe(2);
    expect(err).toContain('is no baseline');
  });
});
