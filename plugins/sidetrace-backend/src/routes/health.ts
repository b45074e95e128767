import type { Router } from 'express';
import type { Analyses } from '../services/analyses';

/**
 * For probes and dashboards, without a sign-in: numbers only, no names. 503 while a configured source has never been
 * read (one that has no mesh at all is taken for that); a stale one is degraded and still answers.
 */
export function addHealthRoute(
  router: Router,
  analyses: Analyses,
  configIds: readonly string[],
): void {
  router.get('/health', async (_request, response) => {
    const meshes = await analyses.current();
    const seen = new Set(meshes.map(({ source }) => source.configId));
    const unread =
      meshes.filter(({ loaded }) => loaded === undefined).length +
      configIds.filter(id => !seen.has(id)).length;
    const stale = meshes.filter(
      ({ source, loaded }) => loaded !== undefined && source.failed !== undefined,
    ).length;
    const fresh = meshes.filter(({ loaded }) => loaded !== undefined).length - stale;
    const status = unread > 0 ? 'not-ready' : stale > 0 ? 'degraded' : 'ok';
    const sources = { fresh, stale, unread };
    response.status(unread > 0 ? 503 : 200).json({ status, sources });
  });
}
