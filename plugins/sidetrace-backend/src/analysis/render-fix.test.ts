import type { Fix } from '@sidetrace/core';
import { readManifests } from '@sidetrace/loader';
import { describe, expect, test } from 'vitest';
import { rawByPlace, renderFix } from './render-fix';

const text = `kind: Namespace
metadata: { name: shop }
---
# who: the shop team
kind: ServiceEntry
metadata:
  name: pay # the bank
  namespace: shop
spec:
  hosts: ['pay.example'] # one only
  resolution: NONE
`;

const fixOf = (file: string, source: object, path: readonly string[]): Fix => ({
  title: 'resolve by DNS',
  edits: [
    { source: { file, document: 1, line: 4, ...source }, path: [...path], op: 'set', value: 'DNS' },
  ],
});

function render(manifest: string, fix: Fix, keepsText: boolean) {
  const { resources } = readManifests(manifest, 'a.yaml');
  const texts = new Map(keepsText ? [['a.yaml', manifest]] : []);
  return renderFix(fix, { raw: rawByPlace(resources), texts });
}

describe('a fix as text', () => {
  const fix = fixOf('a.yaml', {}, ['spec', 'resolution']);

  test('keeps the comments and quotes of the manifest, and is only of the one document', () => {
    const [object] = render(text, fix, true)?.objects ?? [];
    const document = text.slice(text.indexOf('# who'));
    expect(object).toMatchObject({
      object: { kind: 'ServiceEntry', name: 'pay', namespace: 'shop' },
      place: { file: 'a.yaml', line: 4 },
      before: document,
    });
    expect(object?.after).toContain('# who: the shop team');
    expect(object?.after).toContain("hosts: [ 'pay.example' ] # one only");
    expect(object?.after).toContain('resolution: DNS');
    expect(object?.after).not.toContain('Namespace');
  });

  test('is made of the values where the snapshot does not keep the text', () => {
    const [object] = render(text, fix, false)?.objects ?? [];
    expect(object?.after).toContain('resolution: DNS');
    expect(object?.after).not.toContain('#');
  });

  test('of an item of a List is of that item alone', () => {
    const list = `kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: List
items:
  - kind: ServiceEntry # first
    metadata: { name: a, namespace: shop }
    spec: { resolution: NONE }
  - kind: ServiceEntry
    metadata: { name: b, namespace: shop }
    spec: { resolution: NONE }
`;
    const fix = fixOf('a.yaml', { item: 'items.1' }, ['spec', 'resolution']);
    const [object, ...more] = render(list, fix, true)?.objects ?? [];
    expect(more).toEqual([]);
    expect(object?.object.name).toBe('b');
    expect(object?.after).toContain('resolution: DNS');
    expect(object?.after).not.toContain('name: a');
  });

  test('is not there when an edit leads through what is no map, or is of an object that is not there', () => {
    const through = fixOf('a.yaml', {}, ['spec', 'resolution', 'mode']);
    expect(render(text, through, true)).toBeUndefined();
    expect(render(text, through, false)).toBeUndefined();
    expect(render(text, fixOf('b.yaml', {}, ['spec']), true)).toBeUndefined();
    const noItem = fixOf('a.yaml', { item: 'items.9' }, ['spec', 'resolution']);
    expect(render(text, noItem, true)).toBeUndefined();
  });
});
