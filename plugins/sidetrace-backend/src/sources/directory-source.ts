import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { meshOptionsOf } from './mesh-options';
import type { FolderReading, FolderRequest } from './read-folder';
import type { Reading, Source, SourceAnswer } from './source';
import type { DirectorySourceConfig } from './source-config';

/** Reads a folder somewhere where it holds nobody up. */
export type FolderReader = (request: FolderRequest) => Promise<FolderReading>;

/** Reads manifests from a folder of the backend's file system: one mesh, or one for each folder below it. */
export class DirectorySource implements Source {
  readonly id: string;

  constructor(
    private readonly config: DirectorySourceConfig,
    private readonly readFolder: FolderReader,
  ) {
    this.id = config.id;
  }

  async read(): Promise<SourceAnswer> {
    return { kind: 'meshes', readings: await this.#readings() };
  }

  async #readings(): Promise<readonly Reading[]> {
    const root = resolve(this.config.path);
    if (this.config.perFolder !== true) {
      await readdir(root);
      return [(await this.#readMesh(this.id, root)).reading];
    }
    const entries = await readdir(root, { withFileTypes: true });
    const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
    const meshes = folders
      .sort()
      .map(name => this.#readMesh(`${this.id}/${name}`, join(root, name)));
    return (await Promise.all(meshes)).flatMap(({ reading, resources }) =>
      resources === 0 ? [] : [reading],
    );
  }

  async #readMesh(id: string, folder: string) {
    const { files, cluster } = this.config;
    const options = meshOptionsOf(this.config);
    const request = { folder, options, ...(files === undefined ? {} : { files }) };
    const { packed, resources } = await this.readFolder(request);
    const reading: Reading = { id, packed, ...(cluster === undefined ? {} : { cluster }) };
    return { reading, resources };
  }
}
