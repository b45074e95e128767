import type { Issue, MeshOptions, RawResource } from '@sidetrace/core';
import { readBytes } from '@sidetrace/loader/node';
import { type PackedSnapshot, packSnapshot } from '../../store/snapshot-digest';
import { keptTexts } from '../kept-texts';
import type { UrlLimits } from '../source-config';
import { SourceError } from '../source-error';
import { withoutSecret } from '../without-secret';
import { fileSelection } from './select-files';
import { TreeBudget, type TreeFile } from './tree-budget';
import { unpackArchive } from './unpack-archive';

/** What was read from a URL, as it came. */
export type FetchedContent =
  | {
      readonly kind: 'files';
      readonly files: readonly TreeFile[];
      readonly issues: readonly Issue[];
    }
  | { readonly kind: 'archive'; readonly bytes: Uint8Array; readonly globs?: readonly string[] };

/** What is made of it. */
export interface PackRequest {
  readonly fetched: FetchedContent;
  readonly limits: UrlLimits;
  readonly options: MeshOptions;
}

async function filesOf(fetched: FetchedContent, limits: UrlLimits) {
  if (fetched.kind === 'files') return fetched;
  const budget = new TreeBudget(limits, fileSelection(fetched.globs));
  const files = await unpackArchive(fetched.bytes, budget);
  return { files, issues: budget.close(files) };
}

const byPath = (a: TreeFile, b: TreeFile) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** Unpacks, parses and packs what was read from a URL. Takes as long as it is much: for a worker thread. */
export async function packFetched({
  fetched,
  limits,
  options,
}: PackRequest): Promise<PackedSnapshot> {
  const { files, issues: earlier } = await filesOf(fetched, limits);
  const found: RawResource[] = [];
  const issues: Issue[] = [...earlier];
  const texts = new Map<string, string>();
  const mega = 1024 * 1024;
  let left = limits.maxTotalMb * mega;
  for (const { path, bytes } of [...files].sort(byPath)) {
    const read = readBytes(bytes, path, { maxLength: limits.maxFileMb * mega });
    // what gzip hides counts as well
    left -= read.text.length;
    if (left < 0) {
      const most = `manifests of more than ${limits.maxTotalMb} MiB`;
      throw new SourceError(`the tree unpacks to ${most}: raise \`limits.maxTotalMb\``);
    }
    for (const resource of read.resources) found.push(resource);
    issues.push(...read.issues);
    texts.set(path, read.text);
  }
  const kept = keptTexts(found, file => texts.get(file));
  const resources = found.map(withoutSecret);
  return packSnapshot({ resources, issues, options, texts: Object.fromEntries(kept) });
}
