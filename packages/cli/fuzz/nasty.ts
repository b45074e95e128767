const long = 'x'.repeat(5000);

/** Scalars that readers stumble over, as YAML text. */
export const nastyScalars: readonly string[] = [
  ...['null', '~', '""', 'true', 'off', '[]', '{}', '[[]]', '[null]', '{"": null}'],
  ...['0', '-1', '-0', '443.5', '65536', '99999999999999999999', '1e308', '1e999', '-1e999'],
  ...['.inf', '-.inf', '.nan', '0x7fffffff', '0o777', '0b11', '9007199254740993', '1_000'],
  ...['"*"', '"*.*"', '"*."', '".."', '"."', '"-"', '"a..b"', '"~"', '"./*"', '"*/*"', '"~/*"'],
  ...['"0.0.0.0/0"', '"::/0"', '"1.2.3.4/33"', '"::ffff:1.2.3.4"', '"fe80::1%eth0"', '"1.2.3"'],
  ...['"10.0.0.0/-1"', '"999.1.1.1"', '"[::1]"', '"::1/129"', '"240.240.0.1"', '"127.0.0.1/8"'],
  ...['"__proto__"', '"constructor"', '"prototype"', '"toString"', '"hasOwnProperty"'],
  ...['"valueOf"', '"__defineGetter__"', '"length"', '"then"'],
  ...['"(((("', '"(a+)+$"', '"[z-a]"', '"\\\\"', '"%"', '"%zz"', '"$(x)"', '"{{ .Values.x }}"'],
  ...['"\\u0000"', '"\\ud800"', '"\\u202e"', '"\\ufeff"', '"\\U0001F600"', '"é"', '"ß"', '"İ"'],
  ...['"\\r\\n"', '"a\\nb"', '" "', '"\\t"', '2024-01-01', '12:30:45', '!!binary aGk=', '!x y'],
  ...['"xn--"', '"xn--bcher-kva.example"', '"EXAMPLE.COM"', '"a.b.c.d.e.f.g.h.i.j.k.l.m.n"'],
  ...['"unix:///var/run/x"', '"http://x"', '"tcp"', '"TCP"', '"HTTPS"', '"MONGO"', '"UNSUPPORTED"'],
  ...['"REGISTRY_ONLY"', '"ALLOW_ANY"', '"DYNAMIC_DNS"', '"NONE"', '"PASSTHROUGH"', '"MUTUAL"'],
  `"${long}"`,
  `"${'a.'.repeat(2000)}"`,
  '1'.repeat(400),
];

/** Keys that JavaScript gives a meaning of its own, and keys that YAML does. */
export const nastyKeys: readonly string[] = [
  ...['"__proto__"', '"constructor"', '"prototype"', '"toString"', '"hasOwnProperty"', '"length"'],
  ...[
    '""',
    '"0"',
    '"-1"',
    '"a.b"',
    '"a/b"',
    '"*"',
    '<<',
    '? [a]\n',
    'null',
    'true',
    '1',
    '"\\u0000"',
  ],
];

const levels = (depth: number, width: number) =>
  Array.from({ length: depth }, (_, at) =>
    at === 0
      ? 'a0: &a0 [x, x, x]'
      : `a${at}: &a${at} [${Array(width)
          .fill(`*a${at - 1}`)
          .join(', ')}]`,
  ).join('\n');

/** Whole documents that blow up a careless reader. */
export const bombs: readonly string[] = [
  levels(9, 9),
  levels(25, 2),
  levels(60, 3),
  'a: &a [*a]',
  'a: &a {b: &b {c: *a, d: *b}}',
  '&x {<<: *x}',
  'base: &b {a: 1}\nspec: {<<: [*b, *b, *b], <<: *b}',
  `${'['.repeat(5000)}`,
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
  `${'{a: '.repeat(2000)}1${'}'.repeat(2000)}`,
  `${'- '.repeat(3000)}x`,
  Array.from({ length: 800 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  `${'? '.repeat(1500)}x`,
  `"${'\\'.repeat(9999)}`,
  `a: "${'\\u0041'.repeat(3000)}"`,
  '---\n'.repeat(3000),
  '--- # x\n'.repeat(1000),
  `${'&a '.repeat(500)}x`,
  `${'!t '.repeat(500)}x`,
  `%YAML 9.9\n---\na: 1`,
  `%TAG ! tag:x,2000:\n--- !a\na: 1`,
  `a: |9\n  x\nb: >-+\n y`,
  `\u0000\u0001\u0002`,
  `\ufeff\ufeffa: 1`,
  '\u2028\u2029\u0085a: 1',
  `{"a": ${'['.repeat(3000)}`,
  `${'{"kind":"List","items":['.repeat(300)}`,
  `${'{"kind":"List","items":['.repeat(300)}${']}'.repeat(300)}`,
  `${'# comment\n'.repeat(3000)}`,
  `${'a'.repeat(20000)}: ${'b'.repeat(20000)}`,
  Array.from({ length: 2000 }, (_, at) => `k${at}: v`).join('\n'),
];
