import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packed, packInto } from './pack';
import { runIn, tryIn } from './run-in';

/** What the scripts of the consumer print. */
interface Printed {
  readonly resolved: readonly string[];
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly trace: { readonly disposition: string; readonly reasons: readonly string[] };
  readonly ofText: Printed['trace'];
  readonly isAddress: boolean;
  readonly command: { readonly code: number; readonly printed: string };
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sidetrace-packages-')));
const consumer = join(folder, 'consumer');
const files = resolve(__dirname, '..', 'consumer');
const manifestOf = (name: string) =>
  JSON.parse(
    readFileSync(join(consumer, 'node_modules', '@sidetrace', name, 'package.json'), 'utf8'),
  );
const node = async (script: string): Promise<Printed> =>
  JSON.parse(await runIn(consumer, process.execPath, [script]));
const sidetrace = (...args: readonly string[]) =>
  tryIn(consumer, 'npx', ['--no-install', 'sidetrace', ...args]);

beforeAll(async () => {
  const tarballs = await packInto(folder);
  cpSync(files, consumer, { recursive: true });
  await runIn(consumer, 'npm', ['init', '--yes']);
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  await runIn(consumer, 'npm', ['install', ...quiet, ...tarballs]);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['import.mjs', 'require.cjs'])('%s, outside of the repository', script => {
  let printed: Printed;
  beforeAll(async () => {
    printed = await node(script);
  }, 60_000);

  test('every entry point comes from the installed packages', () => {
    const installed = `${pathToFileURL(join(consumer, 'node_modules', '@sidetrace'))}/`;
    expect(printed.resolved.length).toBeGreaterThan(packed.length);
    expect(printed.resolved.filter(url => !url.startsWith(installed))).toEqual([]);
  });

  test('the entry points give their main functions', () => {
    const mainFunctions = {
      '@sidetrace/core': ['buildMesh', 'decodeResources', 'externalAccess', 'simulate'],
      '@sidetrace/core/netfilter': ['traverse'],
      '@sidetrace/core/envoy': ['matchListener', 'runCall'],
      '@sidetrace/core/access': ['suggestFixes', 'bypassInventory'],
      '@sidetrace/core/audit': ['audit', 'rules', 'toSarif'],
      '@sidetrace/core/explain': ['explainReason'],
      '@sidetrace/core/testing': ['compileProxy', 'compileInterception'],
      '@sidetrace/loader': ['readManifests', 'locate'],
      '@sidetrace/loader/node': ['loadFiles', 'findFiles'],
      '@sidetrace/loader/cluster': ['connectCluster', 'listCluster', 'watchCluster'],
      '@sidetrace/cli': ['run', 'exitCode'],
    };
    for (const [entry, names] of Object.entries(mainFunctions)) {
      expect(printed.names[entry], entry).toEqual(expect.arrayContaining(names));
    }
  });

  test('a call is traced, from a file and from text', () => {
    expect(printed.trace).toEqual({ disposition: 'delivered', reasons: ['service-entry'] });
    expect(printed.ofText).toEqual(printed.trace);
    expect(printed.isAddress).toBe(true);
  });

  test('the command runs as a function', () => {
    const { version } = manifestOf('cli');
    expect(printed.command).toEqual({ code: 0, printed: `${version}\n` });
  });
});

describe('packages, outside of the repository', () => {
  test('import and require give the same names', async () => {
    const [imported, required] = [await node('import.mjs'), await node('require.cjs')];
    const sorted = ({ names }: Printed) =>
      Object.entries(names).map(([entry, list]) => [entry, [...list].sort()]);
    expect(sorted(imported)).toEqual(sorted(required));
  });

  test('every entry point of the packages is tried', () => {
    const entries = packed.flatMap(name => {
      const { exports = { '.': '' } } = manifestOf(name);
      return Object.keys(exports)
        .filter(key => !key.endsWith('.json'))
        .map(key => `@sidetrace/${name}${key.slice(1)}`);
    });
    expect(JSON.parse(readFileSync(join(files, 'entries.json'), 'utf8'))).toEqual(entries);
  });

  test.each(['core', 'loader'])('%s gives each entry point in both formats, with types', name => {
    const { exports } = manifestOf(name);
    for (const [key, conditions] of Object.entries<object>(exports)) {
      if (key.endsWith('.json')) continue;
      expect(Object.keys(conditions), key).toEqual(
        expect.arrayContaining(['import', 'require', 'types']),
      );
    }
  });

  test.each(['core', 'loader'])('%s brings each file that its manifest names', name => {
    const { exports } = manifestOf(name);
    const named = Object.values<string | object>(exports).flatMap(entry =>
      typeof entry === 'string' ? [entry] : Object.values<string>({ ...entry }),
    );
    const installed = join(consumer, 'node_modules', '@sidetrace', name);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter(file => !existsSync(join(installed, file)))).toEqual([]);
  });

  test.each(packed)('%s depends on nothing of the workspace and brings its licence', name => {
    const { dependencies } = manifestOf(name);
    const ranges = Object.values<string>(dependencies);
    expect(ranges.filter(range => !/^\^?\d/.test(range))).toEqual([]);
    const text = readFileSync(
      join(consumer, 'node_modules', '@sidetrace', name, 'LICENSE'),
      'utf8',
    );
    expect(text).toContain('Apache License');
  });

  test('types resolve for an ES module and for CommonJS', async () => {
    const tsc = createRequire(__filename).resolve('typescript/bin/tsc');
    expect(await tryIn(consumer, process.execPath, [tsc, '-p', '.'])).toEqual({
      code: 0,
      out: '',
      err: '',
    });
  });

  test('sidetrace brings what it reads a cluster with: one that is not there is told', async () => {
    const entry = (kind: string, value: object) => [{ name: 'a', [kind]: value }];
    const kubeconfig = {
      clusters: entry('cluster', { server: 'http://127.0.0.1:1' }),
      users: entry('user', { token: 'nobody-sees-it' }),
      contexts: entry('context', { cluster: 'a', user: 'a' }),
      'current-context': 'a',
    };
    writeFileSync(join(consumer, 'kubeconfig'), JSON.stringify(kubeconfig));
    const ran = await sidetrace('access', '--kubeconfig', 'kubeconfig');
    expect(ran).toMatchObject({ code: 3, out: '' });
    expect(ran.err).toContain('http://127.0.0.1:1 cannot be reached');
    expect(ran.err).not.toContain('nobody-sees-it');
  });

  test('sidetrace --version prints the version of the package', async () => {
    const { version } = manifestOf('cli');
    expect(await sidetrace('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test('sidetrace trace tells that a registered host is reached, and why', async () => {
    const ran = await sidetrace('trace', '-f', 'mesh.yaml', 'shop/web', 'https://api.example.com');
    expect(ran.err).toBe('');
    expect(ran.out).toContain('shop/web → https://api.example.com:443\ndelivered');
    expect(ran.out).toContain('because: service-entry');
    expect(ran.code).toBe(0);
  });

  test('sidetrace trace of an unknown workload is a wrong argument', async () => {
    const ran = await sidetrace('trace', '-f', 'mesh.yaml', 'shop/none', 'https://api.example.com');
    expect(ran.out).toBe('');
    expect(ran.err).toContain('shop/none');
    expect(ran.code).toBe(2);
  });
});
