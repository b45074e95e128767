import { createHash } from 'node:crypto';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Waiver } from '@sidetrace/core/audit';
import type { Bindings, CatalogBindings } from '../catalog/bindings';
import type { ObservedCalls } from '../observed/observed-calls';
import { Names } from '../views/names';
import type { ViewContext } from '../views/view-context';
import type { Analyses } from './analyses';

/** What views answer one caller from. */
export interface CallerContext {
  readonly context: ViewContext;
  readonly bindings: Bindings;
  /** Differs when any answer from it may. */
  readonly tag: string;
}

/** Makes the contexts of views. */
export class ViewContexts {
  constructor(
    private readonly options: {
      readonly analyses: Analyses;
      readonly catalog: CatalogBindings;
      readonly waivers: readonly Waiver[];
      readonly observed: ObservedCalls;
      readonly now: () => Date;
    },
  ) {}

  async of(credentials: BackstageCredentials): Promise<CallerContext> {
    const { analyses, catalog, waivers, observed, now } = this.options;
    const [meshes, bindings, visible] = await Promise.all([
      analyses.current(),
      catalog.all(),
      catalog.visible(credentials),
    ]);
    const names = new Names(bindings, visible);
    const context = { meshes, names, analyses, waivers, observed, now: now() };
    const parts = [
      JSON.stringify(meshes.map(({ source }) => source)),
      bindings.version,
      [...visible].sort().join(','),
      context.now.toISOString().slice(0, 10),
    ];
    return { context, bindings, tag: createHash('sha256').update(parts.join('\n')).digest('hex') };
  }
}
