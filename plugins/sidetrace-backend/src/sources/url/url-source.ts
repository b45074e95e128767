import { createHash } from 'node:crypto';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { PackedSnapshot } from '../../store/snapshot-digest';
import { meshOptionsOf } from '../mesh-options';
import type { Reading, ReadRequest, Source, SourceAnswer } from '../source';
import type { UrlSourceConfig } from '../source-config';
import { ReadingEnded, SourceError } from '../source-error';
import { withinTime } from '../within-time';
import { contentOf } from './content-of';
import type { FetchedContent, PackRequest } from './pack-fetched';
import { readFile } from './read-file';
import { type FetchOptions, readTree } from './read-tree';
import { fileSelection } from './select-files';
import { TreeBudget } from './tree-budget';
import { urlProblem } from './url-problem';

/** Unpacks and parses somewhere where it holds nobody up. */
export type FetchedPacker = (request: PackRequest) => Promise<PackedSnapshot>;

interface Found {
  readonly fetched: FetchedContent;
  readonly etag?: string;
}

/** Rejects when the signal says so, also for readers that take no notice of it. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}

/** Reads manifests of a Git repository, an archive or a file with Backstage's integrations: one mesh. */
export class UrlSource implements Source {
  readonly id: string;
  /** Another configuration asks anew, whatever the etag. */
  readonly #asked: string;

  constructor(
    private readonly config: UrlSourceConfig,
    private readonly reader: UrlReaderService,
    private readonly pack: FetchedPacker,
  ) {
    this.id = config.id;
    this.#asked = createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 16);
  }

  async read({ revision, signal }: ReadRequest): Promise<SourceAnswer> {
    const { timeout, cluster, limits } = this.config;
    const etag = this.#etagOf(revision);
    try {
      const found = await withinTime(timeout, signal, limited => {
        const options = { signal: limited, ...(etag === undefined ? {} : { etag }) };
        return unlessAborted(limited, this.#fetch(options));
      });
      const packed = await this.pack({
        fetched: found.fetched,
        limits,
        options: meshOptionsOf(this.config),
      });
      const reading: Reading = {
        id: this.id,
        packed,
        ...(cluster === undefined ? {} : { cluster }),
      };
      const seen = found.etag === undefined ? {} : { revision: `${this.#asked} ${found.etag}` };
      return { kind: 'meshes', readings: [reading], ...seen };
    } catch (error) {
      if (error instanceof Error && error.name === 'NotModifiedError') {
        if (etag !== undefined) return { kind: 'unchanged' };
        throw new SourceError(
          'the host says that nothing has changed, though nothing is known yet',
        );
      }
      if (signal.aborted) throw new ReadingEnded();
      throw urlProblem(error, this.config);
    }
  }

  #etagOf(revision: string | undefined): string | undefined {
    const start = `${this.#asked} `;
    return revision?.startsWith(start) ? revision.slice(start.length) : undefined;
  }

  async #fetch(options: FetchOptions): Promise<Found> {
    const { url, files: globs, limits } = this.config;
    const kind = contentOf(this.config);
    if (kind === 'tree') {
      const budget = new TreeBudget(limits, fileSelection(globs));
      const { files, issues, etag } = await readTree(this.reader, url, budget, options);
      return { fetched: { kind: 'files', files, issues }, ...(etag === undefined ? {} : { etag }) };
    }
    const maxMb = kind === 'file' ? limits.maxFileMb : limits.maxTotalMb;
    const { bytes, etag } = await readFile(this.reader, url, maxMb * 1024 * 1024, options);
    const path = decodeURIComponent(new URL(url).pathname).split('/').at(-1) ?? '';
    const fetched: FetchedContent =
      kind === 'archive'
        ? { kind: 'archive', bytes, ...(globs === undefined ? {} : { globs }) }
        : { kind: 'files', files: [{ path, bytes }], issues: [] };
    return { fetched, ...(etag === undefined ? {} : { etag }) };
  }
}
