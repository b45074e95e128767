import type { Finding, Fix } from '@sidetrace/core';
import { describe, expect, test } from 'vitest';
import { type EditableText, planFixes } from './plan-fixes';

const source = { file: 'a.yaml', document: 0, line: 1 };

function finding(id: string, fix: Fix, path = 'spec'): Finding {
  return {
    id,
    fingerprint: id,
    level: 'error',
    title: id,
    message: id,
    why: id,
    object: { kind: 'A', name: 'a' },
    source,
    path,
    workloads: { count: 0, list: [] },
    hosts: { count: 0, list: [] },
    fix,
    aliases: [],
    tags: [],
    docs: '',
  };
}

const textOf =
  (text: string): EditableText =>
  () => ({ kind: 'text', text });
const set = (path: readonly (string | number)[], value: unknown): Fix => ({
  title: 'set',
  edits: [{ op: 'set', source, path, value }],
});
const drop = (path: readonly (string | number)[]): Fix => ({
  title: 'drop',
  edits: [{ op: 'remove', source, path }],
});

const yaml = `apiVersion: v1
kind: A
metadata: {name: a}
spec:
  list: [x, y, z]   # kept
  text: |
    mode: OLD
  mode: "1"
`;
const reasons = (fixes: readonly Fix[], text = yaml) =>
  planFixes(
    fixes.map((fix, index) => finding(`f${index}`, fix)),
    textOf(text),
  ).notApplied.map(({ finding: { id }, reason }) => `${id}: ${reason}`);

describe('a plan of fixes', () => {
  test('touches the lines of its edits only', () => {
    const { changes } = planFixes([finding('f', set(['spec', 'mode'], '2'))], textOf(yaml));
    expect(changes.map(({ after }) => after)).toEqual([yaml.replace('mode: "1"', 'mode: "2"')]);
  });

  test('puts a new object behind the file', () => {
    const create = [{ apiVersion: 'v1', kind: 'B', metadata: { name: 'b' } }];
    const fix = { title: 'make', edits: [], create };
    const { changes } = planFixes([finding('f', fix)], textOf(yaml));
    expect(changes[0]?.after).toBe(`${yaml}---\napiVersion: v1\nkind: B\nmetadata:\n  name: b\n`);
  });

  test.each([
    ['the same field', set(['spec', 'mode'], '2'), set(['spec', 'mode'], '3')],
    ['a field and one around it', set(['spec', 'mode'], '2'), drop(['spec'])],
    ['elements of a list that moves', drop(['spec', 'list', 0]), drop(['spec', 'list', 2])],
  ])('applies the first of two that concern %s', (_, first, second) => {
    expect(reasons([first, second])).toEqual(['f1: it overlaps with the fix of f0: run again']);
  });

  test('applies neighbours, and equal fixes once', () => {
    const fixes = [set(['spec', 'mode'], '2'), set(['spec', 'mode'], '2'), drop(['spec', 'list'])];
    expect(reasons(fixes)).toEqual([]);
  });

  test('names a field inside a text, and changes nothing for it', () => {
    expect(reasons([set(['spec', 'text', 'mode'], 'NEW')])[0]).toMatch(/^f0: the field cannot be/);
  });

  test('keeps JSON what it is, and adds no second document to it', () => {
    const json =
      '{"apiVersion": "v1", "kind": "A", "metadata": {"name": "a"}, "spec": {"mode": "1"}}';
    const create = [{ apiVersion: 'v1', kind: 'B', metadata: { name: 'b' } }];
    expect(reasons([{ title: 'make', edits: [], create }], json)[0]).toMatch(/would be no JSON/);
    const { changes } = planFixes([finding('f', set(['spec', 'mode'], '2'))], textOf(json));
    expect(JSON.parse(changes[0]?.after ?? '')).toMatchObject({ spec: { mode: '2' } });
  });
});
