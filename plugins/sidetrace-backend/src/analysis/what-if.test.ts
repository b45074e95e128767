import { readManifests } from '@sidetrace/loader';
import { expect, test } from 'vitest';
import { newsEntry, shopMesh } from '../testing/shop-mesh';
import { buildFrom } from './built-mesh';
import { tryEdits, tryEditsOf } from './what-if';

const text = shopMesh('REGISTRY_ONLY');
const built = buildFrom({ ...readManifests(text, 'mesh.yaml'), options: {} });

test('a ServiceEntry that is applied opens its host, which was blocked before', () => {
  const { changes, issues } = tryEdits(built, { edits: { apply: newsEntry }, declared: {} });
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
  const apply = `${newsEntry}---\nkind: [`;
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
    .replace('"3306"', '"3307"');
  const two = `${text}---\n${other}${newsEntry.replaceAll('news', 'old')}`;
  const mesh = buildFrom({ ...readManifests(two, 'mesh.yaml'), options: {} });
  const workload = { kind: 'Deployment', namespace: 'shop', name: 'web' };
  const declared = { 'shop/Deployment/web': [{ host: 'mail.example', port: 465 }] };
  const remove = [{ kind: 'ServiceEntry', namespace: 'shop', name: 'old' }];
  for (const edits of [
    { apply: newsEntry },
    { remove },
    { apply: newsEntry, remove, outboundMode: 'ALLOW_ANY' as const },
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
  const input = { edits: { apply: newsEntry }, declared: {} };
  const first = tryEdits(built, input);
  tryEdits(built, { edits: { outboundMode: 'ALLOW_ANY' }, declared: {} });
  const declared = { 'shop/Deployment/web': [{ host: 'mail.example', port: 465 }] };
  expect(tryEdits(built, { ...input, declared })).not.toEqual(first);
  expect(tryEdits(built, input)).toEqual(first);
});
