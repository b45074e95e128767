import type { Router } from 'express';
import type { Analyses } from '../services/analyses';

/**
 * For probes and dashboards, without a sign-in: numbers only, no names. 503 while a configured source has never been
 * read; a stale one is degraded and still answers.
 */
export function addHealthRoute(router: Router, analyses: Analyses, configured: number): void {
  router.get('/health', async (_request, response) => {
    const meshes = await analyses.current();
    const unread = meshes.filter(({ loaded }) => loaded === undefined).length;
    const stale = meshes.filter(
      ({ source, loaded }) => loaded !== undefined && source.failed !== undefined,
    ).length;
    const fresh = meshes.length - unread - stale;
    const ready = configured === 0 || (meshes.length > 0 && unread === 0);
    const status = ready ? (stale === 0 ? 'ok' : 'degraded') : 'not-ready';
    response.status(ready ? 200 : 503).json({ status, sources: { fresh, stale, unread } });
  });
}
