import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { DirectorySource, type FolderReader } from './directory-source';
import type { ClusterReader } from './kubernetes/cluster-request';
import { KubernetesSource } from './kubernetes/kubernetes-source';
import type { Source } from './source';
import type { SourceConfig } from './source-config';
import { type FetchedPacker, UrlSource } from './url/url-source';

/** What sources are made with. */
export interface SourceServices {
  readonly urlReader: UrlReaderService;
  readonly readFolder: FolderReader;
  readonly packFetched: FetchedPacker;
  /** A reader for the cluster of a source. */
  readonly clusterReaderFor: (id: string) => ClusterReader;
}

/** The source that a configuration means. */
export function createSource(config: SourceConfig, services: SourceServices): Source {
  switch (config.type) {
    case 'directory':
      return new DirectorySource(config, services.readFolder);
    case 'url':
      return new UrlSource(config, services.urlReader, services.packFetched);
    case 'kubernetes':
      return new KubernetesSource(config, services.clusterReaderFor(config.id));
  }
}
