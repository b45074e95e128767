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
  - name: app
    image: "registry.example/app:1"
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

describe('documents that are left to the complete reader', () => {
  it.each([
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: [*x]\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge', '<<: {a: 1}\n'],
    ['a block scalar', 'a: |\n  b\n'],
    ['a folded line', 'a: b\n  c\n'],
    ['braces over several lines', 'a: {b: 1,\n  c: 2}\n'],
    ['an end of the document', 'a: 1\n...\nb: 2\n'],
    ['an end of the document as a value', 'a: ...\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a comment behind a value', 'a: 1 # one\n'],
    ['a tab', 'a:\t1\n'],
    ['a key that is a boolean', 'on: 1\n'],
    ['a key with the name of the prototype', '__proto__: {a: 1}\n'],
    ['a map in a value', 'a: b: c\n'],
    ['letters outside of ASCII', 'a: \u00e9\n'],
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
    ...['\n- ', 'null', "''", '\\"', '_', '=', '.inf', '+1'],
  );
  const edit = fc.tuple(fc.nat(pod.length), fc.nat(2), fc.option(piece, { nil: '' }));

  it('is what the complete reader reads, however the text is damaged', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), edits => {
        const text = edits.reduce(
          (now, [at, gone, added]) => now.slice(0, at) + added + now.slice(at + gone),
          pod,
        );
        const value = plainDocument(text);
        if (value !== notPlain) expect(value).toStrictEqual(complete(text));
      }),
      { numRuns: 500 },
    );
  });
});
