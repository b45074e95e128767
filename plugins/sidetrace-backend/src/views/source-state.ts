import type { MissingInput, SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { SkippedRule } from '@sidetrace/core/audit';
import type { Observed } from '../observed/observed-calls';
import type { SourceMesh } from '../services/analyses';

function missingInputs(skipped: readonly SkippedRule[]): readonly MissingInput[] {
  const checks = new Map<MissingInput['input'], string[]>();
  for (const { id, missing } of skipped) {
    for (const input of missing) checks.set(input, [...(checks.get(input) ?? []), id]);
  }
  return [...checks].map(([input, ids]) => ({ input, checks: ids }));
}

/** What pages show of a source: fresh, stale with the reason, or never read. */
export function sourceState(
  { source, loaded }: SourceMesh,
  {
    withIssues = false,
    observed,
  }: { readonly withIssues?: boolean; readonly observed?: Observed } = {},
): SourceState {
  const { id, cluster, digest, readAt, failed, answerDigest } = source;
  const state = loaded === undefined ? 'unread' : failed === undefined ? 'fresh' : 'stale';
  const missing = missingInputs(loaded?.index.skipped ?? []);
  return {
    id,
    ...(cluster === undefined ? {} : { cluster }),
    state,
    ...(failed === undefined ? {} : { reason: failed }),
    ...(digest !== undefined && digest !== answerDigest ? { analysing: true } : {}),
    ...(loaded === undefined || answerDigest === undefined
      ? {}
      : { digest: answerDigest, istioVersion: loaded.index.istioVersion }),
    ...(readAt === undefined ? {} : { readAt }),
    workloads: loaded?.index.workloads.length ?? 0,
    issues: withIssues ? (loaded?.index.issues ?? []) : [],
    issueCount: loaded?.index.issueCount ?? 0,
    ...(missing.length === 0 ? {} : { missing }),
    ...(observed?.kind === 'failed' ? { uncounted: observed.message } : {}),
  };
}
