import { gzipSync } from 'node:zlib';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import { describe, expect, test } from 'vitest';
import { unpackSnapshot } from '../../store/snapshot-digest';
import { tarOf } from '../../testing/tar-of';
import type { SourceAnswer } from '../source';
import { sourceSchema } from '../source-config';
import { packFetched } from './pack-fetched';
import { UrlSource } from './url-source';

const service = (name: string) => `kind: Service\napiVersion: v1\nmetadata: { name: ${name} }\n`;

interface FakeTree {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly etag?: string;
  /** Whether the filter is asked with sizes, without them, or not at all. */
  readonly filters?: 'sizes' | 'names' | 'none';
}

/** A reader of one tree that counts how often contents were asked for. */
function treeReader(tree: () => FakeTree) {
  const read: string[] = [];
  const reader: UrlReaderService = {
    readUrl: () => Promise.reject(new Error('not a file')),
    search: () => Promise.reject(new Error('not here')),
    readTree: async (_url, options) => {
      const { files, etag = 'one', filters = 'sizes' } = tree();
      if (options?.etag === etag) throw new NotModifiedError();
      const entries = Object.entries(files).filter(([path, content]) => {
        if (filters === 'none' || options?.filter === undefined) return true;
        const size = Buffer.from(content).byteLength;
        return options.filter(path, filters === 'sizes' ? { size } : undefined);
      });
      return {
        etag,
        archive: () => Promise.reject(new Error('not asked for')),
        dir: () => Promise.reject(new Error('nothing is written')),
        files: async () =>
          entries.map(([path, content]) => ({
            path,
            content: async () => {
              read.push(path);
              return Buffer.from(content);
            },
          })),
      };
    },
  };
  return { reader, read };
}

/** A reader of one file. */
const fileReader = (bytes: () => Promise<Uint8Array>): UrlReaderService => ({
  readTree: () => Promise.reject(new Error('not a tree')),
  search: () => Promise.reject(new Error('not here')),
  readUrl: async () => ({ buffer: async () => Buffer.from(await bytes()), etag: 'f' }),
});

function sourceOf(reader: UrlReaderService, more: object = {}): UrlSource {
  const url = 'https://git.example/team/mesh/tree/main';
  const config = sourceSchema.parse({ type: 'url', id: 'git', url, ...more });
  if (config.type !== 'url') throw new Error('not a url source');
  return new UrlSource(config, reader, packFetched);
}

const signal = new AbortController().signal;

async function contentOf(answer: SourceAnswer) {
  if (answer.kind !== 'meshes') throw new Error('nothing was read');
  const [reading] = answer.readings;
  if (reading === undefined || !('packed' in reading)) throw new Error('nothing is packed');
  return unpackSnapshot(reading.packed.bytes);
}
const read = async (source: UrlSource) => contentOf(await source.read({ signal }));
const filesOf = ({ resources }: Awaited<ReturnType<typeof read>>) =>
  resources.map(({ source }) => source.file);

describe.each(['sizes', 'names', 'none'] as const)('a tree whose reader filters by %s', filters => {
  const odd = {
    'b.yaml': service('b'),
    'a/c.yaml': service('c'),
    'a/notes.txt': 'text',
    '.hidden/d.yaml': service('d'),
    '../out.yaml': service('out'),
    'bad.yaml': 'kind: [',
    'binary.json': new Uint8Array([1, 0, 2]),
    'empty.yaml': '',
  };

  test('is one mesh: objects are named by their files in the tree, in a fixed order', async () => {
    const { reader, read: asked } = treeReader(() => ({ files: odd, filters }));
    const content = await read(sourceOf(reader, { istioVersion: '1.30', cluster: 'prod' }));
    expect(filesOf(content)).toEqual(['a/c.yaml', 'b.yaml']);
    expect(content.options).toEqual({ istioVersion: '1.30' });
    expect(content.issues.map(({ code, source }) => [code, source?.file])).toEqual([
      ['file-name-refused', '../out.yaml'],
      ['not-yaml', 'bad.yaml'],
      ['not-text', 'binary.json'],
    ]);
    if (filters !== 'none') expect(asked).not.toContain('a/notes.txt');
  });

  test('gives the files that globs select, and tells globs that select none', async () => {
    const { reader } = treeReader(() => ({ files: odd, filters }));
    const content = await read(sourceOf(reader, { files: ['a', 'none/*.yaml'] }));
    expect(filesOf(content)).toEqual(['a/c.yaml']);
    expect(content.issues).toMatchObject([
      {
        code: 'file-not-found',
        message: 'no file matches the pattern',
        source: { file: 'none/*.yaml' },
      },
    ]);
  });

  test('a file that is too large is left out and told; a tree that is too large is not read', async () => {
    const large = { 'a.yaml': service('a'), 'large.yaml': `# ${'x'.repeat(1_100_000)}` };
    const { reader } = treeReader(() => ({ files: large, filters }));
    const some = await read(sourceOf(reader, { limits: { maxFileMb: 1 } }));
    expect(filesOf(some)).toEqual(['a.yaml']);
    expect(some.issues).toMatchObject([{ code: 'file-too-large', source: { file: 'large.yaml' } }]);
    await expect(read(sourceOf(reader, { limits: { maxTotalMb: 1 } }))).rejects.toThrow(
      'more than 1 MiB: narrow `files` or raise `limits.maxTotalMb`',
    );
    await expect(read(sourceOf(reader, { limits: { maxFiles: 1 } }))).rejects.toThrow(
      'more than 1 manifests: narrow `files` or raise `limits.maxFiles`',
    );
    expect(filesOf(await read(sourceOf(reader)))).toEqual(['a.yaml']);
  });
});

describe('a tree', () => {
  test('that has not changed is not read again, unless the configuration has changed', async () => {
    let etag = 'one';
    const { reader, read: asked } = treeReader(() => ({ files: { 'a.yaml': service('a') }, etag }));
    const first = await sourceOf(reader).read({ signal });
    if (first.kind !== 'meshes' || first.revision === undefined) throw new Error('no revision');
    const { revision } = first;
    const before = asked.length;
    expect(await sourceOf(reader).read({ signal, revision })).toEqual({ kind: 'unchanged' });
    expect(asked.length).toBe(before);
    expect((await sourceOf(reader, { istioVersion: '1.26' }).read({ signal, revision })).kind).toBe(
      'meshes',
    );
    etag = 'two';
    expect((await sourceOf(reader).read({ signal, revision })).kind).toBe('meshes');
  });

  test('with the same content has the same digest, whatever the order of its files', async () => {
    const of = async (files: FakeTree['files']) => {
      const answer = await sourceOf(treeReader(() => ({ files })).reader).read({ signal });
      if (answer.kind !== 'meshes') throw new Error('nothing was read');
      const [reading] = answer.readings;
      return reading !== undefined && 'packed' in reading ? reading.packed.digest : undefined;
    };
    const [a, b] = [service('a'), service('b')];
    expect(await of({ 'a.yaml': a, 'b.yaml': b })).toBe(await of({ 'b.yaml': b, 'a.yaml': a }));
    expect(await of({ 'a.yaml': a })).not.toBe(await of({ 'a.yaml': b }));
  });

  test('without a manifest is an empty mesh with an issue', async () => {
    const { reader } = treeReader(() => ({ files: { 'README.md': '# mesh' } }));
    const { resources, issues } = await read(sourceOf(reader));
    expect(resources).toEqual([]);
    expect(issues).toMatchObject([
      { code: 'file-not-found', message: 'the tree holds no manifest' },
    ]);
  });

  test('files that gzip makes small count as large as they are', async () => {
    const packed = gzipSync(`# ${'x'.repeat(1_500_000)}`);
    const { reader } = treeReader(() => ({ files: { 'a.yaml.gz': packed, 'b.yaml.gz': packed } }));
    const { issues } = await read(sourceOf(reader, { limits: { maxFileMb: 1 } }));
    expect(issues.map(({ code }) => code)).toEqual(['file-not-read', 'file-not-read']);
    await expect(
      read(sourceOf(reader, { limits: { maxFileMb: 2, maxTotalMb: 2 } })),
    ).rejects.toThrow('the tree unpacks to manifests of more than 2 MiB');
  });
});

describe('an archive', () => {
  const archive = (bytes: Uint8Array, more: object = {}) =>
    sourceOf(
      fileReader(async () => bytes),
      { url: 'https://files.example/mesh.tar.gz', ...more },
    );
  const files = {
    './mesh/a.yaml': service('a'),
    'mesh/a.yaml': service('again'),
    '../../etc/out.yaml': service('out'),
    '/abs.yaml': service('abs'),
    'notes.txt': 'text',
  };

  test('is read without being unpacked to a folder; a name that is there twice means the last', async () => {
    for (const bytes of [tarOf(files), gzipSync(tarOf(files))]) {
      const content = await read(archive(bytes));
      expect(filesOf(content)).toEqual(['mesh/a.yaml']);
      expect(JSON.stringify(content.resources)).toContain('again');
      expect(content.issues.map(({ code }) => code)).toEqual([
        'file-name-refused',
        'file-name-refused',
      ]);
    }
  });

  test('that is damaged, or is none, is not read', async () => {
    const packed = gzipSync(tarOf(files));
    for (const bytes of [
      packed.subarray(0, 100),
      Buffer.from('<html>sign in</html>'),
      tarOf(files).subarray(0, 700),
    ]) {
      await expect(read(archive(bytes))).rejects.toThrow('it is damaged');
    }
  });

  test('that is a zip archive is refused with what to name instead', async () => {
    const zip = Buffer.from('UEsDBAoAAAAAAA==', 'base64');
    const empty = Buffer.from('UEsFBgAAAAA=', 'base64');
    for (const bytes of [zip, empty]) {
      const url = 'https://files.example/mesh.zip';
      await expect(read(archive(bytes, { url }))).rejects.toThrow('zip archives are not read');
    }
  });

  test('that is too large is not read', async () => {
    const bytes = gzipSync(tarOf({ 'a.yaml': `# ${'x'.repeat(1_500_000)}` }));
    await expect(read(archive(bytes, { limits: { maxTotalMb: 1 } }))).rejects.toThrow(
      '`limits.maxTotalMb`',
    );
    const bomb = gzipSync(tarOf({ 'a.bin': 'x'.repeat(25_000_000) }));
    await expect(read(archive(bomb, { limits: { maxTotalMb: 1 } }))).rejects.toThrow('far more');
  });
});

describe('a file', () => {
  const url = 'https://files.example/mesh.yaml?signature=SECRET';

  test('is named without what stands around it in the URL', async () => {
    const content = await read(
      sourceOf(
        fileReader(async () => Buffer.from(service('a'))),
        { url },
      ),
    );
    expect(filesOf(content)).toEqual(['mesh.yaml']);
  });

  test('that is too large is not read', async () => {
    const bytes = Buffer.alloc(1_100_000, '#');
    const source = sourceOf(
      fileReader(async () => bytes),
      { url, limits: { maxFileMb: 1 } },
    );
    await expect(read(source)).rejects.toThrow('the file has more than 1 MiB');
  });

  test.each([
    [
      new NotFoundError(`${url} could not be read, 404`),
      'check `url`, and whether the integration may read it',
    ],
    [new Error(`could not read ${url}, 401 Unauthorized`), '401 Unauthorized'],
    [
      new Error('no https://user:SECRET@files.example/mesh.yaml'),
      'cannot be read: no https://files.example/mesh.yaml',
    ],
  ])('that cannot be read says why, without what signs the URL: %s', async (error, message) => {
    const failing = sourceOf(
      fileReader(() => Promise.reject(error)),
      { url },
    );
    const failure = await read(failing).then(
      () => new Error('it was read'),
      (reason: Error) => reason,
    );
    expect(failure.message).toContain(message);
    expect(failure.message).toContain('`https://files.example/mesh.yaml`');
    expect(failure.message).not.toContain('SECRET');
  });

  test('that does not come in time is given up, also by a reader that takes no notice', async () => {
    const never = fileReader(() => new Promise(() => undefined));
    await expect(read(sourceOf(never, { url, timeout: { seconds: 1 } }))).rejects.toThrow(
      'has not been read within 1 s: raise `timeout`',
    );
  });

  test('that was being read when the backend stops is not called slow', async () => {
    const stop = new AbortController();
    const never = sourceOf(
      fileReader(() => new Promise(() => undefined)),
      { url },
    );
    const reading = never.read({ signal: stop.signal });
    stop.abort();
    await expect(reading).rejects.toThrow('was ended before its time');
  });
});
