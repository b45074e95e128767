import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type FakeKubernetes, startFakeKubernetes } from '.';
import { isJsonObject } from './json-object';
import { namesOf } from './testing/fake-client';
import { namespace, pod, serviceEntry } from './testing/manifests';

const run = promisify(execFile);
const installed = spawnSync('kubectl', ['version', '--client']).status === 0;

let fake: FakeKubernetes;
let directory: string;

const args = (more: readonly string[]) => [
  '--kubeconfig',
  join(directory, 'kubeconfig'),
  '--cache-dir',
  join(directory, 'cache'),
  ...more,
];

/** What kubectl prints; what it complains about when it fails. */
async function kubectl(...more: readonly string[]): Promise<string> {
  try {
    return (await run('kubectl', args(more))).stdout;
  } catch (error) {
    if (isJsonObject(error) && typeof error.stderr === 'string') return error.stderr;
    throw error;
  }
}

/** The cells of a table, without its header. */
const rows = (table: string) =>
  table
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(/\s{2,}/).slice(0, -1));

async function lineOf(lines: AsyncIterator<string>, text: string): Promise<string> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error(`kubectl ended before it printed ${text}`);
    if (value.includes(text)) return value;
  }
}

describe.skipIf(!installed)('kubectl (skipped where it is not installed)', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'fake-kubernetes-'));
    fake = await startFakeKubernetes({
      objects: [
        namespace('shop'),
        pod('a', 'shop', { app: 'a' }),
        pod('b', 'shop', { app: 'b' }),
        pod('c', 'bank', { app: 'a' }),
        serviceEntry('entry', 'example.com'),
      ],
    });
    writeFileSync(join(directory, 'kubeconfig'), fake.kubeconfig());
  });
  afterAll(async () => {
    await fake.close();
    rmSync(directory, { recursive: true });
  });

  test('lists the pods of all namespaces', async () => {
    expect(rows(await kubectl('get', 'pods', '-A'))).toEqual([
      ['bank', 'c'],
      ['shop', 'a'],
      ['shop', 'b'],
    ]);
  });

  test('prints YAML, with the kinds of the items', async () => {
    const list = parse(await kubectl('get', 'pods', '-A', '-o', 'yaml'));
    expect(namesOf(list)).toEqual(['c', 'a', 'b']);
    expect(list.items[0]).toMatchObject({ apiVersion: 'v1', kind: 'Pod' });
  });

  test('prints several kinds at once as JSON', async () => {
    const list = JSON.parse(await kubectl('get', 'pods,serviceentries', '-A', '-o', 'json'));
    expect(namesOf(list)).toEqual(['c', 'a', 'b', 'entry']);
  });

  test('puts pages together', async () => {
    const before = fake.requests.length;
    expect(rows(await kubectl('get', 'pods', '-A', '--chunk-size', '1'))).toHaveLength(3);
    const pages = fake.requests.slice(before).filter(({ resource }) => resource === 'pods');
    expect(pages).toHaveLength(3);
  });

  test('finds an object by its name, and says when there is none', async () => {
    expect(await kubectl('get', 'se', 'entry', '-n', 'shop', '-o', 'name')).toBe(
      'serviceentry.networking.istio.io/entry\n',
    );
    expect(await kubectl('get', 'pod', 'none', '-n', 'shop')).toBe(
      'Error from server (NotFound): pods "none" not found\n',
    );
  });

  test('knows no resource that is not served', async () => {
    expect(await kubectl('get', 'things')).toContain(
      `the server doesn't have a resource type "things"`,
    );
  });

  test('selects by label and by field', async () => {
    expect(rows(await kubectl('get', 'pods', '-A', '-l', 'app=a'))).toEqual([
      ['bank', 'c'],
      ['shop', 'a'],
    ]);
    const byName = await kubectl('get', 'pods', '-A', '--field-selector', 'metadata.name=b');
    expect(rows(byName)).toEqual([['shop', 'b']]);
  });

  test('describes what the server has', async () => {
    const resources = await kubectl('api-resources', '--no-headers');
    expect(resources).toMatch(
      /^serviceentries +se +networking\.istio\.io\/v1 +true +ServiceEntry$/m,
    );
    expect(await kubectl('version')).toContain('v1.32.4');
  });

  test('says what it may not read, and why', async () => {
    fake.fail({ kind: 'forbidden', resource: 'pods' });
    expect(await kubectl('get', 'pods', '-A')).toBe(
      'Error from server (Forbidden): pods is forbidden: User "system:serviceaccount:sidetrace:reader" ' +
        'cannot list resource "pods" in API group "" at the cluster scope\n',
    );
    fake.calm();
  });

  test('trusts the certificate and sends the token over it, until that runs out', async () => {
    const closed = await startFakeKubernetes({ objects: [pod('a')], token: 'secret', tls: true });
    const kubeconfig = join(directory, 'kubeconfig-tls');
    writeFileSync(kubeconfig, closed.kubeconfig());
    expect(rows(await kubectl('get', 'pods', '-A', '--kubeconfig', kubeconfig))).toEqual([
      ['shop', 'a'],
    ]);
    closed.renewToken('next');
    expect(await kubectl('get', 'pods', '-A', '--kubeconfig', kubeconfig)).toContain(
      'You must be logged in to the server',
    );
    await closed.close();
  });

  test('watches', async () => {
    const child: ChildProcess = spawn(
      'kubectl',
      args(['get', 'pods', '-n', 'shop', '--watch', '-o', 'name']),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (child.stdout === null) throw new Error('no output');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await lineOf(lines, 'pod/b');
    await expect.poll(() => fake.openWatches(), { timeout: 30_000 }).toBe(1);
    fake.put(pod('new'));
    expect(await lineOf(lines, 'new')).toBe('pod/new');
    child.kill();
    await expect.poll(() => fake.openWatches(), { timeout: 30_000 }).toBe(0);
    fake.remove({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'new', namespace: 'shop' } });
  });
});
