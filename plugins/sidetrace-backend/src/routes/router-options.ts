import type { AuditorService } from '@backstage/backend-plugin-api';
import type { CatalogEntities } from '../catalog/catalog-entities';
import type { ViewContexts } from '../services/view-contexts';
import type { HistoryStore } from '../store/history-store';
import type { MeshWorkers } from '../worker/mesh-workers';
import type { Guard } from './guard';

/** What routes are made of. */
export interface RouterOptions {
  readonly guard: Guard;
  readonly auditor: AuditorService;
  readonly entities: CatalogEntities;
  readonly contexts: ViewContexts;
  readonly history: HistoryStore;
  readonly workers: MeshWorkers;
  readonly refresh: () => Promise<void>;
}
