import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packFolders } from './pack';
import { runIn } from './run-in';

const root = resolve(__dirname, '..', '..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sidetrace-plugin-')));
const modules = join(folder, 'consumer', 'node_modules');
const ours = [
  'packages/core',
  'packages/loader',
  'plugins/sidetrace-common',
  'plugins/sidetrace-backend',
];

/** Packages of a `node_modules` folder, those with a scope as `@scope/name`. */
const packagesOf = (path: string): readonly string[] =>
  readdirSync(path)
    .filter(name => !name.startsWith('.'))
    .flatMap(name =>
      name.startsWith('@') ? readdirSync(join(path, name)).map(own => `${name}/${own}`) : [name],
    );

/** Links third-party packages, as installed for the packages of the workspace. */
function linkOthers(): void {
  for (const from of ours.map(name => join(root, name, 'node_modules'))) {
    for (const name of packagesOf(from).filter(own => !own.startsWith('@sidetrace/'))) {
      const to = join(modules, name);
      mkdirSync(dirname(to), { recursive: true });
      try {
        symlinkSync(realpathSync(join(from, name)), to);
      } catch (error) {
        // several packages depend on it
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
    }
  }
}

beforeAll(async () => {
  const tarballs = await packFolders(folder, ours);
  for (const tarball of tarballs) {
    const unpacked = join(folder, 'unpacked');
    mkdirSync(unpacked, { recursive: true });
    await runIn(unpacked, 'tar', ['-xzf', tarball]);
    const { name } = JSON.parse(readFileSync(join(unpacked, 'package/package.json'), 'utf8'));
    cpSync(join(unpacked, 'package'), join(modules, name), { recursive: true });
    rmSync(unpacked, { recursive: true });
  }
  linkOthers();
  cpSync(resolve(__dirname, '..', 'backend-consumer'), dirname(modules), { recursive: true });
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000);

test('the packed backend plugin starts, and analyses in threads that run its built files', async () => {
  const out = await runIn(dirname(modules), process.execPath, ['start.cjs']);
  const { workloads, closed, started } = JSON.parse(out.trim().split('\n').at(-1) ?? '');
  expect(workloads).toBe(1);
  expect(closed).toBeGreaterThan(0);
  const installed = join(modules, '@sidetrace/backstage-plugin-sidetrace-backend/dist/');
  expect(started.length).toBeGreaterThan(1);
  for (const thread of started) {
    expect(thread.file.startsWith(installed), thread.file).toBe(true);
    expect(thread.withLoader).toBe(false);
  }
}, 240_000);

test('the packed backend plugin brings its configuration schema, and no sources or tests', () => {
  const installed = join(modules, '@sidetrace/backstage-plugin-sidetrace-backend');
  expect(readdirSync(installed)).toEqual(expect.arrayContaining(['config.schema.json', 'dist']));
  const files = readdirSync(installed, { recursive: true }).map(String);
  expect(files.filter(file => /\.test\.|^src\//.test(file))).toEqual([]);
});
