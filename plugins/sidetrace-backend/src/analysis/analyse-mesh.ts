import { createHash } from 'node:crypto';
import { issueLimit } from '@sidetrace/backstage-plugin-sidetrace-common';
import { type Mesh, type WorkloadRef, workloadStatusOf } from '@sidetrace/core';
import { bypassInventory, verdicts } from '@sidetrace/core/access';
import packageJson from '../../package.json';
import { type AccessTable, accessTable, refKey } from './access-table';
import {
  type AnalysisIndex,
  bucketOf,
  type FindingPart,
  type IndexedAccess,
  type IndexedBypass,
  type IndexedDeclared,
  type IndexedWorkload,
} from './analysis-index';
import { auditMesh, declaredRows } from './audit-mesh';
import type { BuiltMesh } from './built-mesh';
import { ContentParts, packJson } from './content-parts';
import { counted } from './counted';
import { type Declared, declaredDigest, declaredKey } from './declared';
import { findPositions } from './find-positions';
import type { PackedAnalysis } from './packed-analysis';
import { rawByPlace, renderFix } from './render-fix';
import { workloadClasses } from './workload-classes';
import { countOf, encodeSet, workloadSet } from './workload-set';

/** Names an analysis by all that its answer depends on: the snapshot, the declared hosts and this code. */
export const analysisId = (snapshot: string, declared: Declared): string =>
  createHash('sha256')
    .update([snapshot, declaredDigest(declared), packageJson.version, 'layout 2'].join('\n'))
    .digest('hex');

/** Sets of workloads, each kept once. */
class SetList {
  readonly #positions = new Map<string, number>();
  readonly #indexes: ReadonlyMap<string, number>;

  constructor(workloads: readonly WorkloadRef[]) {
    this.#indexes = new Map(workloads.map((ref, index) => [refKey(ref), index] as const));
  }

  add(refs: readonly WorkloadRef[]): number {
    const members = refs.flatMap(ref => this.#indexes.get(refKey(ref)) ?? []);
    const text = encodeSet(workloadSet(this.#indexes.size, members));
    const known = this.#positions.get(text) ?? this.#positions.size;
    this.#positions.set(text, known);
    return known;
  }

  all(): readonly string[] {
    return [...this.#positions.keys()];
  }
}

function indexAccess(table: AccessTable, parts: ContentParts): IndexedAccess {
  const { columns, groups, rows, workloads } = table;
  const counts = { allowed: 0, passthrough: 0, bypass: 0, blocked: 0, mixed: 0, undetermined: 0 };
  const sizes = groups.map(countOf);
  const buckets: object[][] = [];
  for (const { column, group, answer } of rows) {
    counts[answer.verdict] += sizes[group] ?? 0;
    const bucket = bucketOf(columns[column]?.host ?? '');
    const list = buckets[bucket] ?? [];
    buckets[bucket] = list;
    list.push(answer);
  }
  return {
    columns,
    groups: groups.map(encodeSet),
    rows: rows.map(
      ({ column, group, answer }) => [column, group, verdicts.indexOf(answer.verdict)] as const,
    ),
    classes: workloadClasses(workloads.length, groups).map(({ members, groups: own }) => ({
      members: encodeSet(workloadSet(workloads.length, members)),
      groups: own,
    })),
    parts: Array.from(buckets, list => parts.add(list ?? [])),
    counts,
  };
}

/** What binding entities needs to know of the workloads of a mesh. */
export function indexWorkloads(mesh: Mesh): readonly IndexedWorkload[] {
  return mesh.workloads.map(({ ref, labels, resource }) => {
    const own = resource?.metadata.labels ?? {};
    const same = JSON.stringify(own) === JSON.stringify(labels);
    return { ref, labels, ...(same ? {} : { ownLabels: own }) };
  });
}

function indexStatuses(mesh: Mesh, parts: ContentParts) {
  const statuses = mesh.workloads.map(workload => workloadStatusOf(mesh, workload));
  const byNamespace = new Map<string, (typeof statuses)[number][]>();
  for (const status of statuses) {
    const { namespace } = status.workload;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), status]);
  }
  return {
    statuses: Object.fromEntries([...byNamespace].map(([name, list]) => [name, parts.add(list)])),
    bySidecar: counted(statuses.map(({ sidecar }) => sidecar.reason)),
    byOutboundMode: counted(statuses.map(({ outbound }) => outbound?.mode ?? 'none')),
  };
}

/** Bypasses of the same kind in one entry, with all of its workloads. */
function indexBypasses(mesh: Mesh, sets: SetList): readonly IndexedBypass[] {
  const groups = new Map<
    string,
    { entry: Omit<IndexedBypass, 'workloads'>; refs: WorkloadRef[] }
  >();
  for (const { workload, ...entry } of bypassInventory(mesh)) {
    const key = JSON.stringify(entry);
    const known = groups.get(key) ?? { entry, refs: [] };
    groups.set(key, known);
    known.refs.push(workload);
  }
  return [...groups.values()].map(({ entry, refs }) => ({ ...entry, workloads: sets.add(refs) }));
}

function indexFindings(
  { mesh, issues, raw, texts }: BuiltMesh,
  declared: Declared,
  rows: ReturnType<typeof declaredRows>,
  target: { readonly parts: ContentParts; readonly sets: SetList },
) {
  const { findings: found, skipped, affected } = auditMesh(mesh, issues, declared, rows);
  const findings = findPositions(found, texts);
  const manifests = { raw: rawByPlace(raw), texts };
  const byCheck = new Map<string, Record<string, FindingPart[string]>>();
  const findingCounts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) {
    findingCounts[finding.level] += 1;
    const fix = finding.fix === undefined ? undefined : renderFix(finding.fix, manifests);
    const bodies = byCheck.get(finding.id) ?? {};
    byCheck.set(finding.id, bodies);
    bodies[finding.fingerprint] = { finding, ...(fix === undefined ? {} : { fix }) };
  }
  return {
    findings: findings.map(finding => {
      const { id, fingerprint, level, title, message, object } = finding;
      const workloads = target.sets.add(affected(finding));
      return { id, fingerprint, level, title, message, object, workloads };
    }),
    findingParts: Object.fromEntries(
      [...byCheck].map(([id, bodies]) => [id, target.parts.add(bodies)]),
    ),
    findingCounts,
    skipped,
  };
}

const severities: readonly string[] = ['error', 'warning', 'info'];

/** Everything that views ask about a mesh, computed once. */
export function analyseMesh(built: BuiltMesh, declared: Declared): PackedAnalysis {
  const { mesh, issues } = built;
  const parts = new ContentParts();
  const sets = new SetList(mesh.workloads.map(({ ref }) => ref));
  const rows = declaredRows(mesh, declared);
  const indexedDeclared: Readonly<Record<string, IndexedDeclared>> = Object.fromEntries(
    [...rows].map(([key, list]) => [key, { key: declaredKey(declared[key] ?? []), rows: list }]),
  );
  const index: AnalysisIndex = {
    istioVersion: mesh.istioVersion,
    workloads: indexWorkloads(mesh),
    ...indexStatuses(mesh, parts),
    access: indexAccess(accessTable(mesh), parts),
    ...indexFindings(built, declared, rows, { parts, sets }),
    bypasses: indexBypasses(mesh, sets),
    sets: sets.all(),
    declared: indexedDeclared,
    assumptions: mesh.assumptions,
    issues: [...issues]
      .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
      .slice(0, issueLimit),
    issueCount: issues.length,
  };
  const { workloads, access, findingCounts } = index;
  const counts = { workloads: workloads.length, access: access.counts, findings: findingCounts };
  return { index: packJson(index), parts: parts.all(), counts };
}
