import type { AccessRow } from '../row';
import type { AccessDiff, ChangedRow } from './diff';

type Compared = Pick<
  AccessRow,
  'delivery' | 'verdict' | 'control' | 'via' | 'reasons' | 'symptom' | 'tlsOnTheWire'
>;

const reaches = ({ delivery }: Compared) => delivery === 'reaches' || delivery === 'mixed';

const sameReasons = (a: Compared, b: Compared) =>
  a.reasons.length === b.reasons.length && a.reasons.every((reason, i) => reason === b.reasons[i]);

/** How two answers for one cell differ; `undefined` when they are the same. */
export function changeOf(before: Compared, after: Compared): ChangedRow['change'] | undefined {
  if (reaches(before) !== reaches(after)) return reaches(after) ? 'opened' : 'closed';
  if (
    before.verdict !== after.verdict ||
    before.control !== after.control ||
    before.via !== after.via
  )
    return 'path';
  const same =
    sameReasons(before, after) &&
    before.symptom === after.symptom &&
    before.tlsOnTheWire === after.tlsOnTheWire;
  return same ? undefined : 'detail';
}

/** What changed between two matrices, cell by cell. */
export function diffAccess(before: Iterable<AccessRow>, after: Iterable<AccessRow>): AccessDiff {
  const old = new Map<string, AccessRow>();
  for (const row of before) old.set(row.id, row);
  const added: AccessRow[] = [];
  const changed: ChangedRow[] = [];
  let unchanged = 0;
  for (const row of after) {
    const earlier = old.get(row.id);
    old.delete(row.id);
    if (earlier === undefined) {
      added.push(row);
      continue;
    }
    const change = changeOf(earlier, row);
    if (change === undefined) unchanged += 1;
    else changed.push({ before: earlier, after: row, change });
  }
  return { added, removed: [...old.values()], changed, unchanged };
}
