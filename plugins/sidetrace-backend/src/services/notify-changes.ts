import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { WorkloadRef } from '@sidetrace/core';
import { refKey } from '../analysis/access-table';
import type { CatalogBindings } from '../catalog/bindings';
import { bindWorkloads, workloadLookup } from '../catalog/bound-workloads';
import type { NotificationsConfig } from '../config/sidetrace-config';
import type { ReadingChanges } from '../store/analysis-store';
import type { StoredSource } from '../store/snapshot-store';
import { refsOf } from '../views/view-context';
import type { LoadedAnalysis } from './analyses';

interface News {
  readonly title: string;
  readonly description: string;
  readonly workloads: readonly WorkloadRef[];
}

/** Workloads that go around their sidecar, by how. */
function bypassesOf(
  source: StoredSource,
  loaded: LoadedAnalysis,
): ReadonlyMap<string, WorkloadRef> {
  const found = new Map<string, WorkloadRef>();
  for (const bypass of loaded.index.bypasses) {
    // nothing captures UDP: it is no news
    if (bypass.reason === 'udp') continue;
    for (const ref of refsOf({ source, loaded }, loaded.sets[bypass.workloads])) {
      found.set(`${refKey(ref)} ${bypass.reason} ${bypass.covers}`, ref);
    }
  }
  return found;
}

const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

function newsOf(
  source: StoredSource,
  before: LoadedAnalysis,
  after: LoadedAnalysis,
  changes: ReadingChanges,
): readonly News[] {
  const old = bypassesOf(source, before);
  const fresh = [...bypassesOf(source, after)].filter(([key]) => !old.has(key));
  const names = (refs: readonly WorkloadRef[]) =>
    [...new Set(refs.map(({ namespace, name }) => `${namespace}/${name}`))].slice(0, 10).join(', ');
  const bypassing = fresh.map(([, ref]) => ref);
  const opened = changes.opened.flatMap(({ workloads }) => workloads);
  const hosts = changes.opened.map(({ host, port }) => `${host}:${port}`).slice(0, 10);
  return [
    ...(bypassing.length === 0
      ? []
      : [
          {
            title: `${counted(bypassing.length, 'new way', 'new ways')} around a sidecar in ${source.id}`,
            description: names(bypassing),
            workloads: bypassing,
          },
        ]),
    ...(opened.length === 0
      ? []
      : [
          {
            title: `${counted(changes.opened.length, 'external host', 'external hosts')} newly open in ${source.id}`,
            description: `${hosts.join(', ')} for ${names(opened)}`,
            workloads: opened,
          },
        ]),
  ];
}

/** Tells owners, or those that the configuration names, of new bypasses and newly opened hosts. */
export class ChangeNotifier {
  constructor(
    private readonly options: {
      readonly config: NotificationsConfig;
      readonly notifications: NotificationService;
      readonly bindings: CatalogBindings;
      readonly logger: LoggerService;
    },
  ) {}

  async notify(change: {
    readonly source: StoredSource;
    readonly before: LoadedAnalysis;
    readonly after: LoadedAnalysis;
    readonly changes: ReadingChanges;
  }): Promise<void> {
    const { config, notifications, logger } = this.options;
    if (!config.enabled) return;
    const { source, before, after, changes } = change;
    for (const { title, description, workloads } of newsOf(source, before, after, changes)) {
      const entityRef = await this.#recipients(source, after, workloads);
      if (entityRef.length === 0) continue;
      try {
        await notifications.send({
          recipients: { type: 'entity', entityRef: [...entityRef] },
          payload: {
            title,
            description,
            link: '/sidetrace/history',
            severity: config.severity,
            topic: 'sidetrace',
            scope: `sidetrace:${source.id}:${after.id}:${title}`,
          },
        });
      } catch (error) {
        // the refresh has done its work; that nobody was told is for the operator
        logger.warn(
          `the notification could not be sent: ${title}`,
          error instanceof Error ? error : new Error(String(error)),
        );
      }
    }
  }

  async #recipients(
    source: StoredSource,
    loaded: LoadedAnalysis,
    workloads: readonly WorkloadRef[],
  ): Promise<readonly string[]> {
    const { config, bindings } = this.options;
    if (config.recipients !== 'owners') return config.recipients;
    const lookup = workloadLookup(loaded.index.workloads);
    const bound = bindWorkloads(await bindings.all(), lookup, source.cluster);
    const owners = workloads.flatMap(ref =>
      (bound.get(refKey(ref)) ?? []).flatMap(({ owner }) => owner ?? []),
    );
    return [...new Set(owners)];
  }
}
