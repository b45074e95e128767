import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFiles } from '@sidetrace/loader/node';
import { type FakeKubernetes, type JsonObject, startFakeKubernetes } from 'fake-kubernetes';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { root } from './testing/build-command';
import { runSidetrace } from './testing/run-sidetrace';

const token = 'token-that-must-show-nowhere';
const example = join(root, 'examples/unregistered-host');

let folder: string;
let kubeconfig: string;
let fake: FakeKubernetes;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null;

/** Runs a command line, which shows the token nowhere. */
async function sidetrace(...args: readonly string[]) {
  const ran = await runSidetrace(args);
  expect(ran.out + ran.err).not.toContain(token);
  return ran;
}

/** An answer without the places of objects, which differ between files and a cluster. */
const withoutPlaces = (text: string): string =>
  (/^[[{]/.test(text)
    ? JSON.stringify(
        JSON.parse(text, (key, value: unknown) =>
          // `input` is a digest of objects and places
          ['source', 'position', 'input'].includes(key) ? undefined : value,
        ),
      )
    : text
  ).replace(/ \((cluster:|\/)[^)]*\)/g, '');

const filesIn = (place: string): readonly string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.yaml'))
    .sort();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-'));
  const { resources } = await loadFiles([join(example, 'mesh.yaml')]);
  fake = await startFakeKubernetes({
    objects: resources.map(({ value }) => value).filter(isObject),
    token,
  });
  kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, fake.kubeconfig());
});
afterAll(async () => {
  await fake.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => fake.calm());

describe('a cluster in place of files', () => {
  test.each([
    ['access', ['access', '-o', 'json']],
    ['trace', ['trace', 'shop/web', 'https://news.example', '-o', 'json']],
    ['audit', ['audit', '-o', 'json']],
    ['paths', ['paths', 'shop/web']],
    ['rules', ['rules', 'shop/web']],
  ])('%s answers from the cluster, from a snapshot and from the files alike', async (_, args) => {
    const snapshot = mkdtempSync(join(folder, 'snapshot-'));
    expect((await sidetrace('snapshot', snapshot, '--kubeconfig', kubeconfig)).code).toBe(0);
    const fromFiles = await sidetrace(...args, '-f', join(example, 'mesh.yaml'));
    const fromCluster = await sidetrace(...args, '--kubeconfig', kubeconfig);
    const fromSnapshot = await sidetrace(...args, '-f', snapshot);
    expect(fromFiles.out).not.toBe('');
    expect(withoutPlaces(fromCluster.out)).toBe(withoutPlaces(fromSnapshot.out));
    expect(fromCluster.code).toBe(fromFiles.code);
    expect(fromSnapshot.code).toBe(fromFiles.code);
  });

  test('an object of it is named by its cluster, without a line', async () => {
    const { out } = await sidetrace('access', '--context', 'fake', '--kubeconfig', kubeconfig);
    expect(out).toContain('ServiceEntry shop/payments spec.hosts.0 (cluster:fake)');
  });

  test('files are put over it, as if they were applied', async () => {
    const target = ['shop/web', 'https://news.example', '--kubeconfig', kubeconfig];
    expect((await sidetrace('trace', ...target)).code).toBe(1);
    const fixed = await sidetrace('trace', ...target, '-f', join(example, 'fix.yaml'));
    expect(fixed.code).toBe(0);
  });

  test('a file takes the place of its namesake', async () => {
    const file = join(folder, 'payments.yaml');
    writeFileSync(
      file,
      `apiVersion: networking.istio.io/v1beta1
kind: ServiceEntry
metadata: { name: payments, namespace: shop }
spec:
  hosts: [other.example]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
`,
    );
    const { out } = await sidetrace('access', '--kubeconfig', kubeconfig, '-f', file);
    expect(out).toContain('other.example');
    expect(out).not.toContain('api.payments.example');
  });

  test('both sides of a diff share one reading of it', async () => {
    const before = fake.requests.filter(({ resource }) => resource === 'pods').length;
    const empty = join(folder, 'nothing.yaml');
    writeFileSync(empty, '');
    const { code, out } = await sidetrace(
      'diff',
      empty,
      join(example, 'fix.yaml'),
      '--kubeconfig',
      kubeconfig,
    );
    expect(code).toBe(1);
    expect(out).toContain('news.example');
    expect(fake.requests.filter(({ resource }) => resource === 'pods').length - before).toBe(1);
  });

  test('what may not be read is named with the rule that is missing, and nothing is promised', async () => {
    fake.fail({ kind: 'forbidden', resource: 'serviceentries' });
    const { code, out, err } = await sidetrace(
      'trace',
      'shop/web',
      'https://news.example',
      '--kubeconfig',
      kubeconfig,
    );
    expect(code).toBe(3);
    expect(err).toContain('serviceentries.networking.istio.io');
    expect(err).toContain('apiGroups: ["networking.istio.io"], resources: ["serviceentries"]');
    expect(out).toContain('no-permission');
  });

  test('a context that is not there is a mistake that names those that are', async () => {
    const { code, err } = await sidetrace('access', '--context', 'x', '--kubeconfig', kubeconfig);
    expect(code).toBe(2);
    expect(err).toMatch(/has no context `x` \(contexts: fake\)/);
  });

  test('a kubeconfig that is not there, or is none, is a mistake that shows none of it', async () => {
    const broken = join(folder, 'broken');
    writeFileSync(broken, `users: [{ name: a, user: { token: ${token}`);
    expect((await sidetrace('access', '--kubeconfig', join(folder, 'no'))).code).toBe(2);
    const { code, err } = await sidetrace('access', '--kubeconfig', broken);
    expect(code).toBe(2);
    expect(err).toContain(broken);
  });

  test('a server that refuses the token is input that is not read', async () => {
    const other = join(folder, 'other');
    writeFileSync(other, fake.kubeconfig().replace(token, `${token}-of-another`));
    const { code, err } = await sidetrace('access', '--kubeconfig', other);
    expect(code).toBe(3);
    expect(err).toContain('does not accept the credentials');
  });
});

test('contexts of a kubeconfig are completed', async () => {
  const words = ['access', '--kubeconfig', kubeconfig, '--context', ''];
  expect((await sidetrace('__complete', '--', ...words)).out).toBe('fake\n');
  const missing = ['access', '--kubeconfig', join(folder, 'none'), '--context', ''];
  expect((await sidetrace('__complete', '--', ...missing)).out).toBe('');
});

describe('a snapshot', () => {
  const into = (name: string, ...more: readonly string[]) =>
    sidetrace('snapshot', join(folder, name), '--kubeconfig', kubeconfig, ...more);

  test('has a file for each namespace and kind, and says how much it holds', async () => {
    const { code, out } = await into('layout');
    expect(code).toBe(0);
    expect(out).toMatch(/^ServiceEntry +2$/m);
    expect(filesIn(join(folder, 'layout'))).toEqual([
      '_cluster/Namespace.yaml',
      'istio-system/ConfigMap.yaml',
      'shop/Deployment.yaml',
      'shop/ServiceEntry.yaml',
      'snapshot.yaml',
    ]);
  });

  test('is the same, byte by byte, when the cluster is', async () => {
    await into('first');
    await into('second');
    const files = filesIn(join(folder, 'first'));
    expect(filesIn(join(folder, 'second'))).toEqual(files);
    for (const file of files) {
      const [a, b] = ['first', 'second'].map(name =>
        readFileSync(join(folder, name, file), 'utf8'),
      );
      expect(a, file).toBe(b);
    }
  });

  test('goes into no folder that holds something, unless it is told to', async () => {
    await into('again');
    writeFileSync(join(folder, 'again', 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'again', 'shop', 'Sidecar.yaml'), '');
    const refused = await into('again');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('--force');
    expect((await into('again', '--force')).code).toBe(0);
    expect(readFileSync(join(folder, 'again', 'notes.txt'), 'utf8')).toBe('mine');
    expect(filesIn(join(folder, 'again'))).not.toContain('shop/Sidecar.yaml');
  });

  test('knows what it could not read, and answers from it know it, too', async () => {
    fake.fail({ kind: 'forbidden', resource: 'sidecars' });
    const { code, err } = await into('partial');
    expect(code).toBe(3);
    expect(err).toContain('`sidecars.networking.istio.io` cannot be listed');
    fake.calm();
    const answer = await sidetrace(
      'trace',
      'shop/web',
      'https://news.example',
      '-f',
      join(folder, 'partial'),
    );
    expect(answer.out).toContain('no-permission');
  });
});
