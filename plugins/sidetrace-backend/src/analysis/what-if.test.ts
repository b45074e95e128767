import { readManifests } from '@sidetrace/loader';
import { expect, test } from 'vitest';
import { buildFrom } from './built-mesh';
import { tryEdits, tryEditsOf } from './what-if';

const text = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    outboundTrafficPolicy:
      mode: REGISTRY_ONLY
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: registry.example/web:1 }] }
`;
const built = buildFrom({ ...readManifests(text, 'mesh.yaml'), options: {} });
const entry = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: news, namespace: shop }
spec:
  hosts: [news.example]
  location: MESH_EXTERNAL
  resolution: DNS
  ports: [{ number: 443, name: tls, protocol: TLS }]
`;

test('a ServiceEntry that is applied opens its host, which was blocked before', () => {
  const { changes, issues } = tryEdits(built, { edits: { apply: entry }, declared: {} });
  expect(issues).toEqual([]);
  expect(
    changes
      .filter(({ change }) => change === 'opened')
      .map(({ column, before, after }) => [column.host, before?.verdict, after?.verdict]),
  ).toEqual([['news.example', 'blocked', 'allowed']]);
});

test('the outbound mode opens what nobody registered, and is counted for the workload alone', () => {
  const workload = { kind: 'Deployment', namespace: 'shop', name: 'web' };
  const edits = { outboundMode: 'ALLOW_ANY' } as const;
  const answer = tryEditsOf(built, { edits, declared: {}, workload, elsewhere: true });
  const opened = answer.changes.filter(({ change }) => change === 'opened');
  expect(new Set(opened.map(({ column }) => column.host))).toEqual(new Set(['*']));
  expect(answer.elsewhere).toBe(0);
  expect(answer.access.some(({ verdict }) => verdict === 'passthrough')).toBe(true);
});

test('text that cannot be read is an issue with its line, and the rest is tried', () => {
  const apply = `${entry}---\nkind: [`;
  const { changes, issues } = tryEdits(built, { edits: { apply }, declared: {} });
  expect(issues[0]).toMatchObject({ edit: 'apply', severity: 'error', line: 11 });
  expect(changes.length).toBeGreaterThan(0);
});

test('a document that names no object cannot be removed, and says so', () => {
  const { issues } = tryEdits(built, { edits: { removeYaml: 'kind: Sidecar' }, declared: {} });
  expect(issues).toMatchObject([{ edit: 'removeYaml', code: 'names-no-object' }]);
});

test('for one workload the answer is the same whether or not others are looked at', () => {
  const other = text
    .slice(text.indexOf('apiVersion: apps/v1'))
    .replaceAll('web', 'worker')
    .replace('labels: { app: worker }', 'labels: { app: worker }, annotations: { a: b }');
  const two = `${text}---\n${other}---\n${entry.replaceAll('news', 'old')}`;
  const mesh = buildFrom({ ...readManifests(two, 'mesh.yaml'), options: {} });
  const workload = { kind: 'Deployment', namespace: 'shop', name: 'web' };
  const declared = { 'shop/Deployment/web': [{ host: 'mail.example', port: 465 }] };
  const remove = [{ kind: 'ServiceEntry', namespace: 'shop', name: 'old' }];
  for (const edits of [
    { apply: entry },
    { remove },
    { apply: entry, remove, outboundMode: 'ALLOW_ANY' as const },
  ]) {
    const input = { edits, declared, workload };
    const { elsewhere, ...whole } = tryEditsOf(mesh, { ...input, elsewhere: true });
    expect(elsewhere).toBeGreaterThan(0);
    const alone = tryEditsOf(mesh, { ...input, elsewhere: false });
    expect(alone.changes.length).toBeGreaterThan(0);
    expect(alone).toEqual(whole);
  }
});

test('what was tried before does not change what is answered next', () => {
  const input = { edits: { apply: entry }, declared: {} };
  const first = tryEdits(built, input);
  tryEdits(built, { edits: { outboundMode: 'ALLOW_ANY' }, declared: {} });
  const declared = { 'shop/Deployment/web': [{ host: 'mail.example', port: 465 }] };
  expect(tryEdits(built, { ...input, declared })).not.toEqual(first);
  expect(tryEdits(built, input)).toEqual(first);
});
