import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { SourceError } from '../source-error';
import type { FetchOptions } from './read-tree';

async function bytesOf(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      const limit = Math.round(maxBytes / 1024 / 1024);
      throw new SourceError(`the file has more than ${limit} MiB: raise its limit in \`limits\``);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads one file, and no more of it than the limit. Rejects with `NotModifiedError` for the given etag. */
export async function readFile(
  reader: UrlReaderService,
  url: string,
  maxBytes: number,
  options: FetchOptions,
): Promise<{ readonly bytes: Uint8Array; readonly etag?: string }> {
  const response = await reader.readUrl(url, options);
  const whole = async function* () {
    yield await response.buffer();
  };
  const bytes = await bytesOf(response.stream?.() ?? whole(), maxBytes);
  const { etag } = response;
  return { bytes, ...(etag === undefined || etag === '' ? {} : { etag }) };
}
