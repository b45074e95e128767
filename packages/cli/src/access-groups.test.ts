import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stream } from './print/stream';
import { runSidetrace } from './testing/run-sidetrace';

const manifest = (namespace: string, name: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: app}]}}
`;

const file = join(mkdtempSync(join(tmpdir(), 'groups-')), 'mesh.yaml');
writeFileSync(
  file,
  `${['shop', 'bank'].map(name => `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {istio-injection: enabled}}\n`).join('')}---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: pay, namespace: shop}
spec:
  hosts: [api.pay.example]
  exportTo: ["."]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{number: 443, name: tls, protocol: TLS}]
${manifest('shop', 'web')}${manifest('shop', 'cart')}${manifest('bank', 'ledger')}`,
);

const access = async (...args: readonly string[]): Promise<string> =>
  (await runSidetrace(['access', '-f', file, ...args], { columns: 120 })).out;

const options = { timeout: 60_000 };

test('the whole mesh has a row for each group with one answer', options, async () => {
  const csv = await access('-o', 'csv');
  expect(csv.split('\r\n')[0]).toMatch(/^id,workloads,count,host/);
  expect(csv).toMatch(/,shop\/\*,2,api\.pay\.example,443,TLS,allowed,/);
  expect(csv).toMatch(/,bank\/\*,1,api\.pay\.example,443,TLS,passthrough,/);
  expect(csv).toMatch(/,\*,3,\*,80,HTTP,passthrough,/);
});

test('--by workload has a row for each workload', options, async () => {
  const csv = await access('-o', 'csv', '--by', 'workload');
  expect(csv.split('\r\n')[0]).toMatch(/^id,workload,host/);
  expect(csv.match(/,api\.pay\.example,443,/g)).toHaveLength(3);
});

test('json of the whole mesh is one array', options, async () => {
  const rows = JSON.parse(await access('-o', 'json', '--verdict', 'allowed'));
  expect(rows).toMatchObject([{ workloads: ['shop/*'], count: 2, verdict: 'allowed' }]);
  expect(JSON.parse(await access('-o', 'json', '--verdict', 'blocked'))).toEqual([]);
});

test('one workload keeps its own rows', options, async () => {
  expect(await access('shop/web', '-o', 'csv')).toMatch(/^id,workload,host/);
});

test('a slow reader is waited for', async () => {
  const seen: string[] = [];
  const io = {
    out: (text: string) => seen.push(`write ${text.length}`),
    drained: async () => {
      seen.push('drained');
    },
  };
  const texts = ['a'.repeat(40_000), 'b'.repeat(40_000), 'c'];
  await stream(texts, io);
  expect(seen).toEqual(['write 80000', 'drained', 'write 1', 'drained']);
});
