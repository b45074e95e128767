import type { UrlReaderService } from '@backstage/backend-plugin-api';
import type { Issue } from '@sidetrace/core';
import type { TreeBudget, TreeFile } from './tree-budget';

/** What was read from a URL: to be unpacked and parsed where it holds nobody up. */
export interface Fetched {
  readonly files: readonly TreeFile[];
  readonly issues: readonly Issue[];
  readonly etag?: string;
}

/** How a URL is asked. */
export interface FetchOptions {
  readonly etag?: string;
  readonly signal: AbortSignal;
}

/** Reads the manifests of a tree with the integration of its host. Rejects with `NotModifiedError` for the given etag. */
export async function readTree(
  reader: UrlReaderService,
  url: string,
  budget: TreeBudget,
  options: FetchOptions,
): Promise<Fetched> {
  // readers that unpack archives ask the filter with the size, and drop what it refuses before it is in memory
  const admitted = new Map<string, string>();
  const filter = (path: string, info?: { readonly size: number }) => {
    if (info === undefined) return budget.mayAdmit(path);
    const name = budget.admit(path, info.size);
    if (name !== undefined) admitted.set(path, name);
    return name !== undefined;
  };
  const tree = await reader.readTree(url, { ...options, filter });
  // a name that is there twice means the last one, as in an archive that is unpacked
  const files = new Map<string, TreeFile>();
  for (const { path, content } of await tree.files()) {
    const known = admitted.get(path);
    const bytes = known === undefined ? await content() : undefined;
    // other readers filter without sizes, or not at all
    const name = known ?? budget.admit(path, bytes?.byteLength ?? 0);
    if (name !== undefined) files.set(name, { path: name, bytes: bytes ?? (await content()) });
  }
  const all = [...files.values()];
  return {
    files: all,
    issues: budget.close(all),
    ...(tree.etag === '' ? {} : { etag: tree.etag }),
  };
}
