import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPart, splitText } from './read-part';
import { readYaml } from './read-yaml';

const body = fc.constantFrom(
  'a: 1\n',
  'a: |\n  ---\n  text\nb: 2\n',
  'a: &x [1]\nb: *x\n',
  '# only a comment\n',
  '',
  'a: [\n',
  '{"a": 1}\n',
  '{a: 1}\n',
  'a: "one\n  --- two"\n',
  '%YAML 1.1\n',
  'a: 1\n...\n',
);
const separator = fc.constantFrom(
  '---\n',
  '--- # note\n',
  '---\r\n',
  '--- \n',
  '--- {a: 2}\n',
  '\n---\n',
);
const text = fc
  .tuple(body, fc.array(fc.tuple(separator, body), { maxLength: 8 }))
  .map(([first, rest]) => first + rest.flat().join(''));

describe('a text in two parts', () => {
  it('is read as in one', () => {
    fc.assert(
      fc.property(text, fc.double({ min: 0, max: 1, noNaN: true }), (whole, share) => {
        const parts = splitText(whole, 'a.yaml', Math.floor(whole.length * share));
        if (parts === undefined) return;
        const [first, second] = parts.map(readPart);
        expect({
          resources: [...(first?.resources ?? []), ...(second?.resources ?? [])],
          issues: [...(first?.issues ?? []), ...(second?.issues ?? [])],
        }).toEqual(readYaml(whole, 'a.yaml'));
      }),
      { numRuns: 500 },
    );
  });
  it('without a separator is not split', () => {
    expect(splitText('a: 1\nb: 2\n', 'a.yaml', 2)).toBeUndefined();
  });
});
