import { DirectorySource, type FolderReader } from './directory-source';
import type { Source } from './source';
import type { SourceConfig } from './source-config';

/** What sources are made with. */
export interface SourceServices {
  readonly readFolder: FolderReader;
}

/** The source that a configuration means. */
export function createSource(config: SourceConfig, { readFolder }: SourceServices): Source {
  return new DirectorySource(config, readFolder);
}
