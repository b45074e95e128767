import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadFiles } from './load-files';

const object = (name: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;
const names = (resources: readonly { readonly value: unknown }[]) =>
  resources.map(({ value }) => /"name":"([^"]*)"/.exec(JSON.stringify(value))?.[1]);

let folder = '';
const at = (path: string) => join(folder, path);
const write = (path: string, content: string | Uint8Array) => writeFileSync(at(path), content);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loader-'));
  mkdirSync(at('below/.hidden'), { recursive: true });
  mkdirSync(at('empty'));
  write('a.yaml', `${object('one')}---\n${object('two')}`);
  write('b.yml', object('three'));
  write('c.json', JSON.stringify({ kind: 'Service', metadata: { name: 'four' } }));
  write('below/d.yaml.gz', gzipSync(object('five')));
  write('below/.hidden/e.yaml', object('hidden'));
  write('below/notes.txt', 'no manifest');
  symlinkSync(at('a.yaml'), at('below/link.yaml'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('loadFiles', () => {
  test('a file gives its documents with file, index and first line', async () => {
    const { resources, issues } = await loadFiles([at('a.yaml')]);
    expect(issues).toEqual([]);
    expect(resources.map(({ source }) => source)).toEqual([
      { file: at('a.yaml'), document: 0, line: 1 },
      { file: at('a.yaml'), document: 1, line: 6 },
    ]);
  });

  test('a folder gives everything below it in the order of names, without hidden folders', async () => {
    const { resources, files } = await loadFiles([folder]);
    expect(files.map(file => relative(folder, file))).toEqual([
      'a.yaml',
      'b.yml',
      'below/d.yaml.gz',
      'below/link.yaml',
      'c.json',
    ]);
    expect(names(resources)).toEqual(['one', 'two', 'three', 'five', 'one', 'two', 'four']);
  });

  test('a pattern gives the files that match, and a file is read once', async () => {
    const { resources } = await loadFiles([`${folder}/*.yaml`, at('a.yaml')]);
    expect(names(resources)).toEqual(['one', 'two']);
  });

  test('a dash is standard input, plain or gzip', async () => {
    const bytes = gzipSync(object('piped'));
    const { resources, textOf } = await loadFiles(['-'], { readStdin: async () => bytes });
    expect(names(resources)).toEqual(['piped']);
    expect(textOf('-')).toBe(object('piped'));
  });

  test('UTF-16 with a byte order mark is read', async () => {
    write('powershell.txt', Buffer.from(`\ufeff${object('wide')}`, 'utf16le'));
    expect(names((await loadFiles([at('powershell.txt')])).resources)).toEqual(['wide']);
  });

  test.each([
    ['missing.yaml', 'file-not-found', 'there is no such file'],
    ['*.none', 'file-not-found', 'no file matches the pattern'],
    ['empty', 'file-not-found', 'the folder holds no manifest'],
  ])('%s is told, and the rest is read', async (path, code, message) => {
    const { resources, issues } = await loadFiles([at(path), at('b.yml')]);
    expect(issues).toMatchObject([{ code, message, source: { file: at(path) } }]);
    expect(names(resources)).toEqual(['three']);
  });

  test('a damaged gzip file and a binary file are told', async () => {
    write('cut.yaml.gz', gzipSync(object('x')).subarray(0, 20));
    write('binary.yaml', Buffer.from([1, 0, 2]));
    const { issues } = await loadFiles([at('cut.yaml.gz'), at('binary.yaml')]);
    expect(issues).toMatchObject([
      { code: 'file-not-read', hint: 'the file is cut off: fetch it again' },
      { code: 'not-text' },
    ]);
  });

  test('a path that is there and cannot be followed is not called missing', async () => {
    symlinkSync('round.yaml', at('round.yaml'));
    const { issues } = await loadFiles([at('round.yaml')]);
    rmSync(at('round.yaml'));
    expect(issues).toMatchObject([
      { code: 'file-not-read', hint: 'the link leads around: correct it' },
    ]);
    const absent = await loadFiles([at('absent.yaml')]);
    expect(absent.issues).toMatchObject([{ code: 'file-not-found' }]);
  });

  test('a link that leads nowhere is told, and one that leads around is left out', async () => {
    mkdirSync(at('links'));
    symlinkSync(at('nowhere.yaml'), at('links/gone.yaml'));
    symlinkSync(at('links'), at('links/around'));
    write('links/there.yaml', object('there'));
    const { resources, issues } = await loadFiles([at('links')]);
    rmSync(at('links'), { recursive: true });
    expect(names(resources)).toEqual(['there']);
    expect(issues).toMatchObject([
      { code: 'file-not-read', source: { file: at('links/gone.yaml') } },
    ]);
  });

  test('a file that is not UTF-8 is read, and told with the line', async () => {
    write('latin.yaml', Buffer.from(`${object('old')}# caf\u00e9\n`, 'latin1'));
    const { resources, issues } = await loadFiles([at('latin.yaml')]);
    expect(names(resources)).toEqual(['old']);
    expect(issues).toMatchObject([{ code: 'not-utf8', source: { line: 5 } }]);
  });

  test('a broken document is told with its line, and the others are read', async () => {
    write('broken.yaml', `${object('good')}---\nkind: [\n---\n${object('also')}`);
    const { resources, issues } = await loadFiles([at('broken.yaml')]);
    expect(names(resources)).toEqual(['good', 'also']);
    expect(issues).toMatchObject([{ code: 'not-yaml', severity: 'error' }]);
    expect(issues[0]?.source?.line).toBeGreaterThan(5);
  });
});
