import { describe, expect, it } from 'vitest';
import { listItems } from './list-items';
import { locate } from './locate';

const source = { file: 'a.yaml', document: 0, line: 1 };

const yaml = `apiVersion: v1
items:
- kind: ConfigMap
  data:
    text: |
      - not an item
- kind: Service
# a comment
  metadata:
    name: web
-
  kind: Pod
kind: List
metadata: {}
`;
const json = `${JSON.stringify(
  {
    items: [
      { kind: 'A', n: [1] },
      { kind: 'B', m: { name: 'web' } },
    ],
    kind: 'List',
  },
  null,
  4,
)}\n`;

const lineOf = (text: string, item: string, path: string) =>
  locate(text, { ...source, item }, path).line;
const lineWith = (text: string, part: string) =>
  text.split('\n').findIndex(line => line.includes(part)) + 1;

describe('the items of a List', () => {
  it('are told apart by their column', () => {
    const at = listItems(yaml);
    expect(at(0)?.text).toContain('- not an item');
    expect(at(1)?.text).toMatch(/^ {2}kind: Service/);
    expect(at(2)?.text).toContain('kind: Pod');
    expect(at(2)?.text).not.toContain('List');
    expect(at(3)).toBeUndefined();
  });

  it('have their fields where the whole text has them', () => {
    expect(lineOf(yaml, 'items.1', 'metadata.name')).toBe(lineWith(yaml, 'name: web'));
    expect(lineOf(yaml, 'items.2', 'kind')).toBe(lineWith(yaml, 'kind: Pod'));
    expect(locate(yaml, { ...source, item: 'items.1' }, 'metadata')).toEqual({
      line: 9,
      column: 3,
    });
    expect(lineOf(json, 'items.1', 'm.name')).toBe(lineWith(json, '"name": "web"'));
    expect(lineOf(json, 'items.0', 'n')).toBe(lineWith(json, '"n"'));
  });

  it.each([
    ['in braces on one line', 'items: [{kind: A}, {kind: B}]\n', 'items.1', 1],
    ['indented as a whole', '  items:\n  - kind: A\n  - kind: B\n', 'items.1', 3],
    ['nested', 'items:\n  - kind: A\n  - items:\n      - kind: B\n', 'items.1.items.0', 4],
  ])('are found %s, too', (_, text, item, line) => {
    expect(lineOf(text, item, 'kind')).toBe(line);
  });
});
