import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { RawResource } from '@sidetrace/core';
import { loadFiles } from '@sidetrace/loader/node';

import type { Reading, SnapshotContent, Source } from './source';
import type { DirectorySourceConfig } from './source-config';

/** Files are named relative to the source's folder: pages must not show where the backend keeps them. */
function withoutFolder(folder: string, content: SnapshotContent): SnapshotContent {
  const shorten = (file: string) =>
    file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
  const shortened = ({ value, source }: RawResource): RawResource => ({
    value,
    source: { ...source, file: shorten(source.file) },
  });
  return {
    ...content,
    resources: content.resources.map(shortened),
    issues: content.issues.map(({ source, message, ...issue }) => ({
      ...issue,
      message: message.replaceAll(`${folder}/`, ''),
      ...(source === undefined ? {} : { source: { ...source, file: shorten(source.file) } }),
    })),
  };
}

/** Reads manifests from a folder of the backend's file system: one mesh, or one for each folder below it. */
export class DirectorySource implements Source {
  readonly id: string;

  constructor(private readonly config: DirectorySourceConfig) {
    this.id = config.id;
  }

  async read(): Promise<readonly Reading[]> {
    const root = resolve(this.config.path);
    if (this.config.perFolder !== true) {
      await readdir(root);
      return [await this.#readFolder(this.id, root)];
    }
    const entries = await readdir(root, { withFileTypes: true });
    const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
    const readings = folders
      .sort()
      .map(name => this.#readFolder(`${this.id}/${name}`, join(root, name)));
    return (await Promise.all(readings)).filter(({ content }) => content.resources.length > 0);
  }

  async #readFolder(id: string, folder: string): Promise<Reading> {
    const { files, cluster, istioVersion, flags, defaultNamespace, injectDefault } = this.config;
    const paths = files === undefined ? [folder] : files.map(file => join(folder, file));
    const { resources, issues } = await loadFiles(paths);
    const options = {
      ...(istioVersion === undefined ? {} : { istioVersion }),
      ...(flags === undefined ? {} : { flags }),
      ...(defaultNamespace === undefined ? {} : { defaultNamespace }),
      ...(injectDefault === undefined ? {} : { injectDefault }),
    };
    const content = withoutFolder(folder, { resources, issues, options });
    return { id, ...(cluster === undefined ? {} : { cluster }), content };
  }
}
