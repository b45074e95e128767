import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { kubernetesSchema } from '../kubernetes-schema';
import { notPlain } from './cursor';
import { plainDocument } from './plain-document';

const complete = (text: string): unknown =>
  loadAll(text, { schema: kubernetesSchema, json: true })[0];

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web-0
  labels: {app: web, security.istio.io/tlsMode: istio}
  annotations: {status: '{"a":["it''s"]}', empty: ""}
spec:
  # who answers
  containers:
  - name: app # the first
    image: "registry.example/app:1"   # pinned
    command: # of the image
    - |-
      set -e

      # starts "it"
        run: now

    args: [proxy, --flag, -1, 0o17, "say \\"no\\"\\n"]
    ports:
      - {containerPort: 8080}
      - containerPort: 0443
  -
    name: other
    tty: yes
  hostAliases: []
  nodeSelector: {}
status: {podIP: 10.0.0.1, ready: True, ratio: 1.50, none: null}
data:
  mesh: |
    mode: REGISTRY_ONLY # strict
    caf\u00e9: \u00e0 la carte\u00a0

# a comment that ends the text above
last:
- a
-
- b: http://x.example/#top
`;

describe('documents that are read quickly', () => {
  it('are read as the complete reader does', () => {
    expect(plainDocument(pod)).not.toBe(notPlain);
    expect(plainDocument(pod)).toStrictEqual(complete(pod));
  });

  it('the last of duplicate keys counts, in the place of the first', () => {
    const value = plainDocument('a: 1\nb: 2\na: 3');
    expect(JSON.stringify(value)).toBe('{"a":3,"b":2}');
  });
});

const list = `apiVersion: v1
items:
- apiVersion: v1
  kind: Service
  metadata: {name: web}
- apiVersion: v1
  kind: ConfigMap
  metadata:
    annotations:
      note: >
        folded
        text
  data:
    a: &x
      b
- kind: Other
  text: "over
    two lines"
  script: |2
      indented
# the last one
- kind: Pod
  metadata: {name: "\\x41"}
kind: List
metadata:
  resourceVersion: ""
`;

describe('a List with objects that are not plain', () => {
  const withoutAnchor = list.replace('&x', '');
  it('is read item by item', () => {
    expect(plainDocument(withoutAnchor)).not.toBe(notPlain);
    expect(plainDocument(withoutAnchor)).toStrictEqual(complete(withoutAnchor));
  });
  it('is left as a whole when an item may refer to another', () => {
    expect(plainDocument(list)).toBe(notPlain);
  });
  it.each([
    ['in an item', '"over', '"over"'],
    ['between items', '# the last one', ' wrong'],
    ['behind the items', 'kind: List', ' kind: List'],
  ])('is left as a whole when there is a mistake %s', (_, from, to) => {
    expect(plainDocument(withoutAnchor.replace(from, to))).toBe(notPlain);
  });
});

describe('documents that are left to the complete reader', () => {
  it.each([
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: [*x]\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge', '<<: {a: 1}\n'],
    ['a block scalar that folds its lines', 'a: >\n  b\n'],
    ['a block scalar with an indentation of its own', 'a: |2\n   b\n'],
    ['a block scalar that keeps the lines behind it', 'a: |+\n  b\n\n'],
    ['a block scalar at the end of the text', 'a: |\n  b'],
    ['a block scalar that starts with an empty line', 'a: |\n\n  b\n'],
    ['a block scalar that is not indented', 'a: |\nb: 1\n'],
    ['a folded line', 'a: b\n  c\n'],
    ['braces over several lines', 'a: {b: 1,\n  c: 2}\n'],
    ['an end of the document', 'a: 1\n...\nb: 2\n'],
    ['an end of the document as a value', 'a: ...\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a comment inside of braces', 'a: [b # c\n  ]\n'],
    ['a hash behind quotes', 'a: "b"#c\n'],
    ['a tab', 'a:\t1\n'],
    ['a key that is a boolean', 'on: 1\n'],
    ['a key with the name of the prototype', '__proto__: {a: 1}\n'],
    ['a map in a value', 'a: b: c\n'],
    ['a key outside of ASCII', '\u00e9: 1\n'],
    ['a letter of two units', 'a: b \ud83d\ude00\n'],
    ['a line end that is none', 'a: b\u2028c\n'],
    ['a control character', 'a: b\u0085\n'],
    ['an escape by number', 'a: "\\x41"\n'],
    ['a wrong indentation', 'a:\n    b: 1\n  c: 2\n'],
    ['a list at the top', '- a\n'],
    ['nothing', '# a\n'],
  ])('%s', (_, text) => {
    expect(plainDocument(text)).toBe(notPlain);
  });

  it('deep nesting', () => {
    const deep = Array.from({ length: 90 }, (_, at) => `${' '.repeat(at)}a:`).join('\n');
    expect(plainDocument(deep)).toBe(notPlain);
    expect(plainDocument(`a: ${'['.repeat(90)}${']'.repeat(90)}`)).toBe(notPlain);
  });
});

describe('whatever is read quickly', () => {
  const piece = fc.constantFrom(
    ...[' ', '\n', '- ', ':', ': ', '#', ' #', '"', "'", '{', '}', '[', ']', ',', '\\', '|', '&a'],
    ...['*a', '!', '---', '...', '0', '0x', '~', '?', '<<', '\t', '1e3', 'y', '.', '-', '\n  '],
    ...[
      '\n- ',
      'null',
      '# ',
      '|\n',
      '|-\n',
      '\n\n',
      '\u00e9',
      '\u00a0',
      '>',
      '\n      ',
      "''",
      '\\"',
      '_',
      '=',
      '.inf',
      '+1',
    ],
  );
  const edit = fc.tuple(fc.nat(pod.length), fc.nat(2), fc.option(piece, { nil: '' }));
  const edits = fc.array(edit, { minLength: 1, maxLength: 4 });

  it.each([
    ['a pod', pod],
    ['a List', list],
  ])(
    'is what the complete reader reads, however the text is damaged: %s',
    (_, source) => {
      fc.assert(
        fc.property(edits, changes => {
          const text = changes.reduce(
            (now, [at, gone, added]) => now.slice(0, at) + added + now.slice(at + gone),
            source,
          );
          const value = plainDocument(text);
          if (value !== notPlain) expect(value).toStrictEqual(complete(text));
        }),
        { numRuns: 700 },
      );
    },
    60_000,
  );
});
