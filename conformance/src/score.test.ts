import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Archive } from './archive';
import { recordedVersions } from './istio-versions';
import { runSuite, type Score } from './score';
import { suites } from './suites';

const folder = join(__dirname, '..');
const reached: Record<string, Record<string, Score>> = JSON.parse(
  readFileSync(join(folder, 'scores.json'), 'utf8'),
);

/** The first misses as text, for the reader of a failed run. */
const describeMisses = (misses: readonly { readonly id: string }[]) =>
  misses.slice(0, 5).map(miss => JSON.stringify(miss).slice(0, 400));

describe.each([...suites.values()])('$name', suite => {
  const archive = new Archive(join(folder, 'data', `${suite.name}.tar.gz`));
  test.each(recordedVersions(suite.name))(
    'answers at least as many recorded inputs of Istio %s as before',
    { timeout: 300_000 },
    async istio => {
      const score = reached[istio]?.[suite.name];
      if (score === undefined) throw new Error('no score in scores.json: run conformance:scores');
      const run = await runSuite(suite, archive, istio);
      expect(run.total).toBe(score.total);
      expect(run.total).toBeGreaterThan(0);
      if (run.passed < score.passed) expect(describeMisses(run.misses)).toEqual([]);
      expect(run.passed).toBeGreaterThanOrEqual(score.passed);
    },
  );
});
