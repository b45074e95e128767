import type { AccessChangeCounts } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessTable } from '../analysis/access-table';
import type { AnalysisIndex } from '../analysis/analysis-index';
import {
  compareChanges,
  compareTables,
  type TableChange,
  type TableComparison,
} from '../analysis/compare-tables';
import type { OpenedRecord, ReadingChanges } from '../store/analysis-store';

/** Longest list of newly opened hosts that is kept for a snapshot. */
const openedLimit = 500;

const pause = () => new Promise<void>(resolve => setImmediate(resolve));

/** Compares column by column and lets other requests in between. */
export async function compareSlowly(
  before: AccessTable,
  after: AccessTable,
): Promise<TableComparison> {
  const changes: TableChange[] = [];
  let unchanged = 0;
  let steps = 0;
  for (const part of compareTables(before, after)) {
    changes.push(...part.changes);
    unchanged += part.unchanged;
    steps += 1;
    if (steps % 20 === 0) await pause();
  }
  return { changes: changes.sort(compareChanges), unchanged };
}

export function countChanges(changes: readonly TableChange[]): AccessChangeCounts {
  const counts = { opened: 0, closed: 0, path: 0, detail: 0, added: 0, removed: 0 };
  for (const { change, workloads } of changes) counts[change] += workloads.length;
  return counts;
}

/** Fingerprints that only one of the two has. */
export function findingDifference(before: AnalysisIndex, after: AnalysisIndex) {
  const old = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  const fresh = new Set(after.findings.map(({ fingerprint }) => fingerprint));
  return {
    added: after.findings.filter(({ fingerprint }) => !old.has(fingerprint)),
    removed: before.findings.filter(({ fingerprint }) => !fresh.has(fingerprint)),
    unchanged: after.findings.filter(({ fingerprint }) => old.has(fingerprint)).length,
  };
}

/** A host that reaches now and did not; a new workload opens nothing by being there. */
const isOpened = ({ change, column }: TableChange) => change === 'opened' && column.host !== '*';

/** What is kept of the difference between consecutive snapshots. */
export function readingChanges(
  changes: readonly TableChange[],
  before: AnalysisIndex,
  after: AnalysisIndex,
): ReadingChanges {
  const { added, removed } = findingDifference(before, after);
  const opened: readonly OpenedRecord[] = changes
    .filter(isOpened)
    .slice(0, openedLimit)
    .map(({ column, workloads }) => ({ host: column.host, port: column.port, workloads }));
  return {
    counts: {
      access: countChanges(changes),
      findingsAdded: added.length,
      findingsRemoved: removed.length,
    },
    opened,
  };
}
