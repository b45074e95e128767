import type { Knex } from 'knex';
import type { Retention } from '../config/sidetrace-config';

async function oldReadings(tx: Knex.Transaction, source: string, retention: Retention, now: Date) {
  const { snapshots, maxAgeMs } = retention;
  const byCount: number[] = await tx('readings')
    .where('source', source)
    .orderBy('id', 'desc')
    .offset(snapshots)
    .limit(10_000)
    .pluck('id');
  if (maxAgeMs === undefined) return byCount;
  const newest = await tx('readings').where('source', source).max({ id: 'id' });
  const byAge: number[] = await tx('readings')
    .where('source', source)
    .where('seen_at', '<', new Date(now.getTime() - maxAgeMs).toISOString())
    .whereNot('id', newest[0]?.id ?? -1)
    .pluck('id');
  return [...new Set([...byCount, ...byAge])];
}

const batch = 500;

/**
 * Forgets what is older or more than the configuration keeps, and whatever nothing refers to any more; all of it or nothing.
 * The current snapshot of a source always stays, and so does the one that still answers for it.
 */
export async function forgetOld(knex: Knex, retention: Retention, now: Date): Promise<void> {
  await knex.transaction(async tx => {
    const sources: string[] = await tx('readings').distinct('source').pluck('source');
    for (const source of sources) {
      const old = await oldReadings(tx, source, retention, now);
      for (let at = 0; at < old.length; at += batch) {
        await tx('readings')
          .whereIn('id', old.slice(at, at + batch))
          .delete();
      }
    }
    const analysesInUse = [
      tx('readings').select('analysis').whereNotNull('analysis'),
      tx('sources').select('analysis').whereNotNull('analysis'),
    ];
    const unused = tx('analyses').select('id');
    for (const used of analysesInUse) unused.whereNotIn('id', used.clone());
    await tx('analysis_parts').whereIn('analysis', unused.clone()).delete();
    const drop = tx('analyses');
    for (const used of analysesInUse) drop.whereNotIn('id', used.clone());
    await drop.delete();
    await tx('parts').whereNotIn('digest', tx('analysis_parts').select('part')).delete();
    await tx('snapshots')
      .whereNotIn('digest', tx('readings').select('digest'))
      .whereNotIn('digest', tx('sources').select('digest').whereNotNull('digest'))
      .whereNotIn('digest', tx('analyses').select('snapshot'))
      .delete();
  });
}
