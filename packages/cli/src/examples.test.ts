import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyChanges, buildMesh, decodeResources, type Mesh, parseYaml } from '@sidetrace/core';
import { checkExpectations, parseExpectations } from '@sidetrace/core/access';
import { readManifests } from '@sidetrace/loader';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../../examples');
const scenarios = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name);
const read = (name: string, file: string) => readFileSync(join(folder, name, file), 'utf8');
const has = (name: string, file: string) => existsSync(join(folder, name, file));

function meshOf(name: string): Mesh {
  const loaded = readManifests(read(name, 'mesh.yaml'), 'mesh.yaml');
  expect(loaded.issues).toEqual([]);
  return buildMesh(decodeResources(loaded.resources).resources);
}

function fixed(mesh: Mesh, name: string): Mesh {
  const { resources } = readManifests(read(name, 'fix.yaml'), 'fix.yaml');
  const changes = resources.map(resource => ({ kind: 'apply' as const, resource }));
  const { mesh: changed, issues } = applyChanges(mesh, changes);
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  return changed;
}

/** What does not hold, as sentences. */
function broken(mesh: Mesh, name: string, file: string): readonly string[] {
  const parsed = parseYaml(read(name, file));
  if (!parsed.ok) throw new Error(`${file}:${parsed.line}: ${parsed.message}`);
  const { expectations, issues } = parseExpectations(parsed.value);
  if (expectations === undefined) throw new Error(JSON.stringify(issues));
  const report = checkExpectations(mesh, expectations);
  expect(report.results.length).toBeGreaterThan(0);
  return report.results
    .filter(({ status }) => status !== 'holds')
    .map(({ id, sentence }) => `${id}: ${sentence}`);
}

describe.each(scenarios)('examples/%s', name => {
  test('its expectations hold', () => {
    expect(broken(meshOf(name), name, 'expect.yaml')).toEqual([]);
  });
  test.runIf(has(name, 'fix.yaml'))('the fix brings what it promises', () => {
    expect(broken(fixed(meshOf(name), name), name, 'expect-fixed.yaml')).toEqual([]);
  });
  test('is described', () => {
    expect(read(name, 'README.md')).toMatch(/^# .+\n[\s\S]*npm run sidetrace -- /);
  });
});

describe('examples/catalog.yaml', () => {
  const catalog = readFileSync(join(folder, 'catalog.yaml'), 'utf8');
  test.each(scenarios)('has a component for %s, whose workload no other scenario has', name => {
    const component = catalog.split('---\n').find(text => text.includes(`examples/${name}\n`));
    const workload = /sidetrace\.dev\/workload: (\S+)/.exec(component ?? '')?.[1];
    const owners = scenarios.filter(scenario =>
      meshOf(scenario).workloads.some(({ ref }) => `${ref.namespace}/${ref.name}` === workload),
    );
    expect(owners).toEqual([name]);
  });
});
