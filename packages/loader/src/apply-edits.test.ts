import { describe, expect, it } from 'vitest';
import { applyEdits } from './apply-edits';

const source = (document: number, item?: string) => ({
  file: 'mesh.yaml',
  document,
  line: 1,
  ...(item === undefined ? {} : { item }),
});

const text = `# the database
kind: Service # kept
spec:
  ports:
    - name: database   # why
      port: 5433
---
kind: Other
spec: { a: 1 }
`;

describe('applyEdits', () => {
  it('changes one field and keeps comments and the other documents', () => {
    const edited = applyEdits(text, [
      { op: 'set', source: source(0), path: ['spec', 'ports', 0, 'name'], value: 'tcp-database' },
    ]);
    expect(edited).toContain('# the database\nkind: Service # kept');
    expect(edited).toContain('- name: tcp-database');
    expect(edited).toContain('---\nkind: Other\nspec: { a: 1 }\n');
  });

  it('removes a field', () => {
    const edited = applyEdits(text, [{ op: 'remove', source: source(1), path: ['spec', 'a'] }]);
    expect(edited).toContain('kind: Other\nspec: {}');
    expect(edited).toContain('name: database   # why');
  });

  it('makes the maps on the way to a new field', () => {
    const edited = applyEdits(text, [
      { op: 'set', source: source(1), path: ['metadata', 'annotations', 'a.b/c'], value: '1' },
    ]);
    expect(edited).toContain('metadata:\n  annotations:\n    a.b/c: "1"');
  });

  it('finds an object inside a List', () => {
    const list = 'kind: List\nitems:\n  - kind: A\n  - kind: B # b\n';
    expect(
      applyEdits(list, [
        { op: 'set', source: source(0, 'items.1'), path: ['spec', 'x'], value: true },
      ]),
    ).toBe('kind: List\nitems:\n  - kind: A\n  - kind: B # b\n    spec:\n      x: true\n');
  });

  it('changes nothing without edits', () => {
    expect(applyEdits(text, [])).toBe(text);
  });
});
