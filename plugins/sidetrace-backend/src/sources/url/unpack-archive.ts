import { Parser, type ReadEntry } from 'tar';
import { SourceError } from '../source-error';
import type { TreeBudget, TreeFile } from './tree-budget';

/** Bytes that are given to the parser at once: between them it can be stopped. */
const step = 64 * 1024;

function take(entry: ReadEntry, name: string, files: Map<string, TreeFile>): void {
  const chunks: Uint8Array[] = [];
  entry.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  entry.on('end', () => files.set(name, { path: name, bytes: Buffer.concat(chunks) }));
}

const isFile = ({ type }: ReadEntry) =>
  type === 'File' || type === 'OldFile' || type === 'ContiguousFile';

/** How a zip archive begins, also an empty one (APPNOTE.TXT 4.3). */
const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/** Manifests of a tar archive, plain or gzip. Nothing is written anywhere; links are left out. Rejects when it is damaged. */
export function unpackArchive(
  archive: Uint8Array,
  budget: TreeBudget,
): Promise<readonly TreeFile[]> {
  if (isZip(archive)) {
    return Promise.reject(
      new SourceError(
        'zip archives are not read: name a tar archive (`.tar.gz`), or the tree in its repository',
      ),
    );
  }
  const files = new Map<string, TreeFile>();
  return new Promise((resolve, reject) => {
    const parser = new Parser({ strict: true });
    let unpacked = 0;
    let ended = false;
    const fail = (error: unknown) => {
      ended = true;
      reject(error);
    };
    parser.on('entry', (entry: ReadEntry) => {
      unpacked += entry.size;
      if (unpacked > budget.maxUnpackedBytes) {
        fail(new SourceError('the archive unpacks to far more than `limits.maxTotalMb`'));
      }
      const name = isFile(entry) ? budget.admit(entry.path, entry.size) : undefined;
      if (name === undefined) entry.resume();
      else take(entry, name, files);
    });
    parser.on('error', (error: Error) =>
      fail(new SourceError(`this is no tar archive, or it is damaged: ${error.message}`)),
    );
    parser.on('end', () => resolve([...files.values()]));
    for (let at = 0; at < archive.length && !ended; at += step) {
      parser.write(Buffer.from(archive.subarray(at, at + step)));
    }
    if (!ended) parser.end();
  });
}
