import { DirectorySource } from './directory-source';
import type { Source } from './source';
import type { SourceConfig } from './source-config';

/** The source that a configuration means. */
export function createSource(config: SourceConfig): Source {
  return new DirectorySource(config);
}
