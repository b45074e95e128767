import { issueLimit, type SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { SourceMesh } from './loaded-mesh';

const severities = ['error', 'warning', 'info'];

/** What pages show of a source: fresh, stale with the reason, or never read. */
export function sourceState({ source, loaded }: SourceMesh): SourceState {
  const { id, cluster, readAt, failed } = source;
  const state =
    loaded === undefined ? 'unread' : failed === undefined ? 'fresh' : ('stale' as const);
  const issues = [...(loaded?.issues ?? [])].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  return {
    id,
    ...(cluster === undefined ? {} : { cluster }),
    state,
    ...(failed === undefined ? {} : { reason: failed }),
    ...(loaded === undefined
      ? {}
      : { digest: loaded.digest, istioVersion: loaded.mesh.istioVersion }),
    ...(readAt === undefined ? {} : { readAt }),
    workloads: loaded?.mesh.workloads.length ?? 0,
    issues: issues.slice(0, issueLimit),
    issueCount: issues.length,
  };
}
