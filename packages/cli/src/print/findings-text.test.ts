import { type AuditReport, buildMesh, decodeResources } from '@sidetrace/core';
import { audit } from '@sidetrace/core/audit';
import { readYaml } from '@sidetrace/loader';
import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import { visibleWidth } from './columns';
import { findingsText } from './findings-text';
import { Places } from './places';

const text = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: pay, namespace: shop }
spec:
  hosts: [pay.example]
  resolution: DNS
  ports:
    - number: 443
      name: https
      protocol: HTTP
`;

function reportOn(yaml: string): AuditReport {
  const decoded = decodeResources(readYaml(yaml, 'mesh.yaml').resources);
  const mesh = buildMesh(decoded.resources, {});
  return {
    schema: 'sidetrace.dev/audit/v1',
    header: { input: '', istioVersion: '1.30', flags: {}, toolVersion: '0', limits: [] },
    ...audit({ mesh, issues: decoded.issues, access: () => [] }),
    waived: [],
    expired: [],
    unusedWaivers: [],
    assumptions: [],
  };
}

const print = (yaml: string, colours = false, known = true) =>
  findingsText(reportOn(yaml), {
    places: new Places(() => (known ? yaml : undefined)),
    palette: createColors(colours),
    width: 80,
    all: false,
  });

test('a finding shows its line with a caret under the field', () => {
  const lines = print(text).split('\n');
  const at = lines.findIndex(line => line.includes('serviceentry/https-port-declared-http]'));
  expect(lines[at]).toMatch(/^error\[/);
  expect(lines.slice(at).join('\n')).toContain('--> mesh.yaml:10:7');
  expect(lines.slice(at)).toContain('  10 |       protocol: HTTP');
  expect(lines.slice(at)).toContain('     |       ^^^^^^^^');
});

test('findings of one object stand below one title', () => {
  const out = print(text);
  expect(out.split('\n').filter(line => line === 'mesh.yaml: ServiceEntry shop/pay')).toHaveLength(
    1,
  );
  expect(out.match(/^(error|warning|info)\[/gm)?.length).toBeGreaterThan(1);
});

test('without the text of the file there is a place but no excerpt', () => {
  const out = print(text, false, false);
  expect(out).toContain('--> mesh.yaml:1:1');
  expect(out).not.toContain('^');
});

test('no line is wider than the terminal, and colours move nothing', () => {
  const plain = print(text);
  for (const line of plain.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  const coloured = print(text, true).split('\n');
  expect(coloured.map(visibleWidth)).toEqual(plain.split('\n').map(line => line.length));
});

test('the last line counts findings, one in the singular', () => {
  expect(print(text).trimEnd().split('\n').at(-1)).toMatch(
    /^1 error, \d+ warnings?, \d+ notes?, 0 waived$/,
  );
  expect(print('').trimEnd()).toMatch(/0 errors, 0 warnings, 0 notes, 0 waived$/);
});
