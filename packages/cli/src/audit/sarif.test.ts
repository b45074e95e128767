import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildMesh, decodeResources } from '@sidetrace/core';

import { applyWaivers, audit, rules, toSarif } from '@sidetrace/core/audit';
import { locate, readYaml } from '@sidetrace/loader';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';

const schemaFile = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
const schema: unknown = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve(schemaFile), 'utf8'),
);
// a pattern of the published schema is no regular expression with the flag `u`
const ajv = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }));
const validate = ajv.compile(schema as object);

const mesh = readFileSync(
  join(import.meta.dirname, '../../../../examples/https-port-declared-http/mesh.yaml'),
  'utf8',
);

interface Result {
  readonly ruleId: string;
  readonly locations: readonly {
    readonly physicalLocation?: {
      readonly region: { readonly startLine: number; readonly startColumn: number };
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
}

/** The log of a mesh; its first finding is waived so that suppressions are seen as well. */
function sarifOf(yaml: string, file = 'mesh.yaml') {
  const decoded = decodeResources(readYaml(yaml, file).resources);
  const found = audit({
    mesh: buildMesh(decoded.resources, {}),
    issues: decoded.issues,
    access: () => [],
  });
  const waiver = { id: 'serviceentry/exported-mesh-wide', resource: '*', reason: 'known' };
  const { open, waived, expired, unused } = applyWaivers(
    found.findings,
    [{ ...waiver, owner: 'team', expires: '2027-01-01' }],
    '2026-11-24',
  );
  const text = toSarif(
    {
      schema: 'sidetrace.dev/audit/v1',
      header: { input: 'd', istioVersion: '1.30', flags: {}, toolVersion: '0.1.0', limits: [] },
      findings: open,
      waived,
      expired,
      unusedWaivers: unused,
      skipped: found.skipped,
      assumptions: [],
    },
    rules,
    (source, path) => locate(yaml, source, path),
  );
  const log: { runs: { results: Result[] }[] } = JSON.parse(text);
  return { log, results: log.runs.flatMap(({ results }) => results) };
}

const keys = (results: readonly Result[]) =>
  results.map(
    ({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints['sidetrace/v1']}`,
  );
const linesOf = (results: readonly Result[]) =>
  results.flatMap(({ locations }) =>
    locations.flatMap(({ physicalLocation }) => physicalLocation?.region.startLine ?? []),
  );

describe('the SARIF log', () => {
  test.each(['mesh.yaml', 'a folder/50%?#.yaml', '/abs/mesh.yaml', '-'])(
    'of %s is valid SARIF 2.1.0',
    file => {
      const { log, results } = sarifOf(mesh, file);
      expect(results.length).toBeGreaterThan(1);
      expect(results.some(({ suppressions }) => suppressions !== undefined)).toBe(true);
      validate(log);
      expect(validate.errors).toBeNull();
    },
  );

  test('would fail the schema with a level that SARIF lacks', () => {
    const { log } = sarifOf(mesh);
    const broken = JSON.parse(JSON.stringify(log).replace('"level":"error"', '"level":"fatal"'));
    expect(validate(broken)).toBe(false);
  });

  test('names a file with special characters so that a URI leads to it', () => {
    const { log } = sarifOf(mesh, 'a folder/50%?#.yaml');
    expect(JSON.stringify(log)).toContain('"uri":"a%20folder/50%25%3F%23.yaml"');
  });

  test('has the place of the field as region', () => {
    const { results } = sarifOf(mesh);
    const finding = results.find(
      ({ ruleId }) => ruleId === 'serviceentry/https-port-declared-http',
    );
    const region = finding?.locations[0]?.physicalLocation?.region;
    expect(
      mesh.split('\n')[(region?.startLine ?? 0) - 1]?.slice((region?.startColumn ?? 0) - 1),
    ).toBe('protocol: HTTP');
  });

  test('has fingerprints that do not move with lines, and differ from each other', () => {
    const { results } = sarifOf(mesh);
    const shifted = sarifOf(
      `\n\n# three lines above\n${mesh.replaceAll('spec:', '\n# moved\nspec:')}`,
    );
    expect(keys(shifted.results)).toEqual(keys(results));
    expect(linesOf(shifted.results)).not.toEqual(linesOf(results));
    expect(new Set(keys(results)).size).toBe(results.length);
  });
});
