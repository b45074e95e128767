import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '@sidetrace/core';
import Ajv from 'ajv/dist/2020';
import { describe, expect, test } from 'vitest';
import { configFields } from './config-fields';
import { readConfig } from './config-file';
import { declaredByWorkload } from './declared-hosts';

const folder = join(import.meta.dirname, '../..');
const schema: { properties: Record<string, unknown> } = JSON.parse(
  readFileSync(join(folder, 'schemas/sidetrace-yaml.schema.json'), 'utf8'),
);
const validate = new Ajv({ allErrors: true }).compile(schema);
const valueOf = (text: string) => {
  const parsed = parseYaml(text);
  return parsed.ok ? parsed.value : undefined;
};

const good = [
  'istio: "1.30"\nflags: {PILOT_HTTP10: "true"}\ninjectDefault: true\nfailOn: none\n',
  'filename: [mesh/, "-"]\nnamespaces: [shop]\nwaivers: w.yaml\nrootNamespace: istio\n',
  'declaredHosts:\n- workload: shop/web-*\n  hosts: [a.example, "b.example:443/TLS"]\n',
];
const bad: readonly (readonly [string, RegExp])[] = [
  ['istio: "1.30"\nflag: {}\n', /^s\.yaml:2: field `flag` is not known/],
  ['\nistio: 1.30\n', /^s\.yaml:2: `istio` is not a text \(quote numbers: "1\.30"\)/],
  ['flags:\n  A: "x"\n  B: true\n', /^s\.yaml:3: `flags\.B` is not a text/],
  ['filename: mesh\n', /^s\.yaml:1: `filename` is not a list of texts/],
  ['filename: [a, 1]\n', /`filename\.1` is not a text/],
  ['injectDefault: "yes"\n', /is not true or false/],
  ['failOn: fatal\n', /is not one of error, warning, info, none/],
  ['declaredHosts:\n- workload: web\n  hosts: []\n', /^s\.yaml:2: `declaredHosts\.0\.workload`/],
  ['declaredHosts:\n- workload: a/b\n', /`declaredHosts\.0` lacks `hosts`/],
  [
    'declaredHosts:\n- workload: a/b\n  hosts:\n  - x/SCTP\n',
    /^s\.yaml:4: .*hosts\.0` is not host/,
  ],
  [
    'declaredHosts:\n- workload: a/b\n  hosts: []\n  why: x\n',
    /^s\.yaml:4: .*`declaredHosts\.0\.why` is not known/,
  ],
  ['- a\n', /this is no map/],
];

describe('sidetrace.yaml', () => {
  test.each(good)('%j is read, and follows the schema', text => {
    expect(readConfig(text, 's.yaml')).toEqual(valueOf(text));
    expect(validate(valueOf(text))).toBe(true);
  });
  test.each(bad)('%j is refused, by the schema as well', (text, message) => {
    expect(() => readConfig(text, 's.yaml')).toThrow(message);
    expect(validate(valueOf(text))).toBe(false);
  });
  test('text that is no YAML is refused with its line', () => {
    expect(() => readConfig('a: 1\nb: [\n', 's.yaml')).toThrow(/^s\.yaml:\d+: /);
  });
  test('an empty file sets nothing', () => {
    expect(readConfig('# nothing yet\n', 's.yaml')).toEqual({});
  });
  test('the schema knows every field', () => {
    expect(Object.keys(schema.properties)).toEqual([...configFields.keys()]);
  });
  test('the documentation shows every field, and its example is valid', () => {
    const page = readFileSync(join(folder, '../../docs/sidetrace-yaml.md'), 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    expect(Object.keys(readConfig(example, 's.yaml')).sort()).toEqual(
      [...configFields.keys()].sort(),
    );
  });
});

test('a workload declares the hosts of every entry that fits it', () => {
  const declared = [
    { workload: 'shop/*', hosts: ['a.example:443/TLS'] },
    { workload: '*/web', hosts: ['b.example', 'a.example:443/TLS'] },
    { workload: 'shop/we', hosts: ['c.example'] },
  ];
  const names = [
    { namespace: 'shop', name: 'web' },
    { namespace: 'jobs', name: 'batch' },
  ];
  expect(declaredByWorkload(declared, names)).toEqual({
    'shop/web': [{ host: 'a.example', port: 443, protocol: 'TLS' }, { host: 'b.example' }],
  });
});
