import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMesh, decodeResources } from '@sidetrace/core';

import { accessMatrix } from '@sidetrace/core/access';
import { audit, rules } from '@sidetrace/core/audit';
import { readYaml } from '@sidetrace/loader';

/** Milliseconds that something takes, and what it gives. */
function timed<T>(make: () => T): readonly [number, T] {
  const start = performance.now();
  const value = make();
  return [performance.now() - start, value];
}

const row = (name: string, ms: number, rest = '') =>
  console.log(`${name.padEnd(58)} ${ms.toFixed(0).padStart(8)} ms${rest}`);

/** What the catalogue costs on a mesh, rule by rule, beside the access matrix of the same mesh. */
function benchAudit(directory: string): void {
  const text = readFileSync(join(directory, 'mesh.yaml'), 'utf8');
  const decoded = decodeResources(readYaml(text, 'mesh.yaml').resources);
  const build = () => buildMesh(decoded.resources, {});
  const first = build();
  const [matrix, rows] = timed(() => {
    let count = 0;
    for (const _ of accessMatrix(first).rows) count += 1;
    return count;
  });
  row('access matrix', matrix, `, ${rows} grouped rows`);
  const mesh = build();
  const input = { mesh, issues: decoded.issues };
  const [whole, { findings, skipped }] = timed(() => audit(input));
  row('whole catalogue', whole, `, ${findings.length} findings, ${skipped.length} rules not run`);
  console.log(`ratio ${(whole / matrix).toFixed(2)}`);
  const single = rules.map(rule => ({ rule, took: timed(() => audit(input, [rule]))[0] }));
  for (const { rule, took } of single.sort((a, b) => b.took - a.took).slice(0, 20)) {
    row(rule.id, took);
  }
}

benchAudit(process.argv[2] ?? '.');
