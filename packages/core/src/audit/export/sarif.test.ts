import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meshFromYaml } from '../../mesh';
import { audit } from '../audit';
import { rules } from '../rules';
import { toSarif } from './sarif';

const yaml = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: app:1 }] }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: pay
  namespace: shop
spec:
  hosts: [pay.example.com]
  resolution: NONE
  ports:
    - { number: 443, name: web, protocol: HTTP }
    - { number: 80, name: plain, protocol: HTTP }
`;

interface Result {
  readonly ruleId: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

function fingerprints(text: string): readonly string[] {
  const { findings, skipped } = audit({ mesh: meshFromYaml(text) });
  const header = { input: '', istioVersion: '1.32', flags: {}, toolVersion: '0', limits: [] };
  const log: { readonly runs: readonly { readonly results: readonly Result[] }[] } = JSON.parse(
    toSarif(
      {
        schema: 'sidetrace.dev/audit/v1',
        header,
        findings,
        waived: [],
        expired: [],
        unusedWaivers: [],
        skipped,
        assumptions: [],
      },
      rules,
      ({ line }) => ({ line, column: 1 }),
    ),
  );
  return log.runs
    .flatMap(({ results }) => results)
    .map(
      ({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints['sidetrace/v1'] ?? ''}`,
    );
}

const lines = yaml.split('\n');
const original = fingerprints(yaml);

test('fingerprints stay wherever blank lines and comments are put', () => {
  expect(original.length).toBeGreaterThan(4);
  expect(new Set(original).size).toBe(original.length);
  fc.assert(
    fc.property(
      fc.array(fc.nat(lines.length - 1), { maxLength: 8 }),
      fc.constantFrom('', '# a comment'),
      (places, added) => {
        const moved = lines.flatMap((line, index) => [
          ...places.filter(place => place === index).map(() => added),
          line,
        ]);
        expect(fingerprints(moved.join('\n'))).toEqual(original);
      },
    ),
    { numRuns: 30 },
  );
});

test('fingerprints stay when documents change places', () => {
  const documents = yaml.split('---\n');
  expect([...fingerprints(documents.reverse().join('---\n'))].sort()).toEqual([...original].sort());
});

test('fingerprints differ when the finding does', () => {
  const other = fingerprints(yaml.replace('name: pay', 'name: bill'));
  expect(other.filter(item => original.includes(item) && item.startsWith('serviceentry'))).toEqual(
    [],
  );
});
