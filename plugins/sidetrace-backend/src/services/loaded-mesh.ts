import { buildMesh, decodeResources, type Issue, type Mesh } from '@sidetrace/core';
import type { SnapshotStore, StoredSource } from '../store/snapshot-store';

/** A mesh of a source, ready to answer. */
export interface LoadedMesh {
  readonly digest: string;
  readonly mesh: Mesh;
  readonly issues: readonly Issue[];
}

/** A source with its mesh; without one when it has never been read. */
export interface SourceMesh {
  readonly source: StoredSource;
  readonly loaded?: LoadedMesh;
}

/** Meshes of the store's snapshots. Memory is only a cache by digest: any replica makes them anew. */
export class Meshes {
  readonly #loaded = new Map<string, Promise<LoadedMesh | undefined>>();

  constructor(
    private readonly store: SnapshotStore,
    private readonly options: { readonly configIds: readonly string[]; readonly kept: number },
  ) {}

  /** All meshes of the configured sources, by id. */
  async all(): Promise<readonly SourceMesh[]> {
    const sources = await this.store.sources(this.options.configIds);
    return Promise.all(
      sources.map(async source => {
        const loaded = source.digest === undefined ? undefined : await this.#load(source.digest);
        return { source, ...(loaded === undefined ? {} : { loaded }) };
      }),
    );
  }

  #load(digest: string): Promise<LoadedMesh | undefined> {
    const known = this.#loaded.get(digest);
    this.#loaded.delete(digest);
    const loading = known ?? this.#build(digest);
    this.#loaded.set(digest, loading);
    loading.catch(() => this.#loaded.delete(digest));
    for (const oldest of this.#loaded.keys()) {
      if (this.#loaded.size <= this.options.kept) break;
      this.#loaded.delete(oldest);
    }
    return loading;
  }

  async #build(digest: string): Promise<LoadedMesh | undefined> {
    const content = await this.store.content(digest);
    if (content === undefined) return undefined;
    const { defaultNamespace } = content.options;
    const decoded = decodeResources(
      content.resources,
      defaultNamespace === undefined ? {} : { defaultNamespace },
    );
    const mesh = buildMesh(decoded.resources, content.options);
    return { digest, mesh, issues: [...content.issues, ...decoded.issues, ...mesh.issues] };
  }
}
