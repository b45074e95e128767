import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readBytes } from './read-bytes';

const bytes = (text: string) => new TextEncoder().encode(text);
const service = bytes('kind: Service\nmetadata: { name: web }\n');

describe('readBytes', () => {
  test('reads plain and packed bytes alike', () => {
    const plain = readBytes(service, 'mesh.yaml');
    expect(plain.resources).toMatchObject([{ source: { file: 'mesh.yaml', line: 1 } }]);
    expect(readBytes(gzipSync(service), 'mesh.yaml')).toEqual(plain);
  });

  test('what unpacks to more than the limit, or is damaged, is told and not thrown', () => {
    const bomb = gzipSync(bytes(' '.repeat(100_000)));
    expect(readBytes(bomb, 'bomb.yaml.gz', { maxLength: 1000 }).issues).toMatchObject([
      { code: 'file-not-read', hint: 'split the file', source: { file: 'bomb.yaml.gz' } },
    ]);
    expect(readBytes(gzipSync(service).subarray(0, 20), 'cut.yaml.gz').issues).toMatchObject([
      { code: 'file-not-read', hint: 'the file is cut off: fetch it again' },
    ]);
    expect(readBytes(bomb, 'bomb.yaml.gz', { maxLength: 100_000 }).issues).toEqual([]);
  });

  test('tells bytes that are no text', () => {
    expect(readBytes(new Uint8Array([1, 0, 2]), 'a.json').issues).toMatchObject([
      { code: 'not-text' },
    ]);
    expect(readBytes(Buffer.from('# caf\u00e9\n', 'latin1'), 'a.yaml').issues).toMatchObject([
      { code: 'not-utf8', source: { line: 1 } },
    ]);
  });
});
