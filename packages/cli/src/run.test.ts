import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runSidetrace } from './testing/run-sidetrace';

const examples = join(import.meta.dirname, '../../../examples');
const mesh = join(examples, 'unregistered-host', 'mesh.yaml');

const sidetrace = (args: readonly string[], stdin = '') => runSidetrace(args, { stdin });

describe('sidetrace', () => {
  test('a blocked call ends with 1 and says what the application sees', async () => {
    const { code, out } = await sidetrace([
      'trace',
      '-f',
      mesh,
      'shop/web',
      'https://news.example',
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/SSL_ERROR_SYSCALL/);
    expect(out).toMatch(/registry-only-no-filter-chain/);
  });

  test('a blocked call names what would help, with --fix as manifests that do', async () => {
    const args = ['trace', '-f', mesh, 'shop/web', 'https://news.example'];
    const short = await sidetrace(args);
    expect(short.out).toMatch(/Would help[\s\S]*then: [\s\S]*`--fix` shows the manifests/);
    expect(short.out).not.toContain('kind: ServiceEntry');
    const { out, code } = await sidetrace([...args, '--fix']);
    expect(code).toBe(1);
    const manifest = out.slice(out.indexOf('apiVersion:')).split('\n\n')[0] ?? '';
    const again = await sidetrace(
      ['trace', '-f', mesh, '-f', '-', 'shop/web', 'https://news.example'],
      manifest,
    );
    expect(again.code).toBe(0);
    expect(again.out).not.toContain('Would help');
  });

  test('the fixes are data beside the trace where they are asked for', async () => {
    const args = ['trace', '-f', mesh, 'shop/web', 'https://news.example', '-o', 'json'];
    expect(JSON.parse((await sidetrace(args)).out)).not.toHaveProperty('fixes');
    const { fixes } = JSON.parse((await sidetrace([...args, '--fix'])).out);
    expect(fixes[0]).toMatchObject({
      yaml: expect.stringContaining('kind: ServiceEntry'),
      sees: expect.any(String),
      annotate: [],
    });
    const markdown = await sidetrace([...args.slice(0, -1), 'markdown', '--fix']);
    expect(markdown.out).toMatch(/\*\*Would help\*\*[\s\S]*```yaml\n {2}apiVersion/);
    const fine = args.with(4, 'https://api.payments.example');
    expect(JSON.parse((await sidetrace([...fine, '--fix'])).out).fixes).toEqual([]);
  });

  test('a delivered call ends with 0; json is the trace', async () => {
    const args = ['trace', '-f', mesh, 'shop/web', 'https://api.payments.example', '-o', 'json'];
    const { code, out } = await sidetrace(args);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ disposition: 'delivered' });
  });

  test('rules are in save format and can be loaded as they are', async () => {
    const { code, out } = await sidetrace(['rules', '-f', mesh, 'shop/web']);
    expect(code).toBe(0);
    expect(out).toMatch(/^\* nat$/m);
    expect(out).toMatch(/^COMMIT$/m);
    expect(out).not.toMatch(/^# default/m);
  });

  test('rules say with --why what made each, and with --nft what native nftables would be', async () => {
    const why = await sidetrace(['rules', '-f', mesh, 'shop/web', '--why']);
    expect(why.out).toMatch(/^# default meshConfig.proxyListenPort\n-A ISTIO_REDIRECT /m);
    const nft = await sidetrace(['rules', '-f', mesh, 'shop/web', '--nft']);
    expect(nft.out).toMatch(/^add table inet istio-proxy-nat$/m);
    const json = await sidetrace(['rules', '-f', mesh, 'shop/web', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ result: { kind: 'programmed' } });
  });

  test('six kinds of traffic', async () => {
    const { out } = await sidetrace(['paths', '-f', mesh, 'shop/web', '-o', 'json']);
    expect(JSON.parse(out)).toHaveLength(6);
  });

  test('the matrix as csv has one head and one line per cell', async () => {
    const { out } = await sidetrace(['access', '-f', mesh, 'shop/web', '-o', 'csv']);
    const lines = out.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^id,workload,host/);
    expect(lines.length).toBeGreaterThan(3);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('what-if shows what an applied manifest opens', async () => {
    const fix = join(examples, 'unregistered-host', 'fix.yaml');
    const args = ['what-if', '-f', mesh, '--apply', fix, '--host', 'news.example:443/TLS'];
    const { code, out } = await sidetrace(args);
    expect(code).toBe(1);
    expect(out).toMatch(/news\.example:443\/TLS .*allowed/);
  });

  test('the same input twice has no difference', async () => {
    const { code, out } = await sidetrace(['diff', mesh, mesh]);
    expect(code).toBe(0);
    expect(out).toMatch(/no access changes/);
  });

  test('expectations end with their own exit code', async () => {
    const file = join(examples, 'unregistered-host', 'expect.yaml');
    expect((await sidetrace(['test', '-f', mesh, file])).code).toBe(0);
    const fixed = join(examples, 'unregistered-host', 'expect-fixed.yaml');
    expect((await sidetrace(['test', '-f', mesh, fixed])).code).toBe(1);
  });

  test('an audit fails on its level only', async () => {
    const bad = join(examples, 'https-port-declared-http', 'mesh.yaml');
    expect((await sidetrace(['audit', '-f', bad])).code).toBe(1);
    expect((await sidetrace(['audit', '-f', bad, '--fail-on', 'none'])).code).toBe(0);
  });

  test.each([
    [['trace'], /missing required argument/],
    [['trace', 'shop/web', 'https://x.example'], /no input is named/],
    [['trace', '-f', mesh, 'shop/nobody', 'https://x.example'], /no workload `shop\/nobody`/],
    [['trace', '-f', mesh, 'shop/web', 'x.example'], /names no port/],
    [['trace', '-f', mesh, 'shop/web', 'gopher://x.example'], /scheme `gopher` is not known/],
    [['what-if', '-f', mesh], /nothing is changed/],
    [['explain', 'zzzz'], /nothing is known/],
    [['frobnicate'], /unknown command/],
  ])('%j is a usage error', async (args, message) => {
    const { code, out, err } = await sidetrace(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
  });

  test('a file that is missing ends with 3, and the rest is answered', async () => {
    const args = ['trace', '-f', mesh, '-f', 'missing.yaml', 'shop/web', 'https://news.example'];
    const { code, out, err } = await sidetrace(args);
    expect(code).toBe(3);
    expect(err).toMatch(/missing\.yaml:1: error: there is no such file/);
    expect(out).toMatch(/SSL_ERROR_SYSCALL/);
  });

  test.each(['SSL_ERROR_SYSCALL', '502', 'excluded-port', 'pod/host-network'])(
    '%s is explained',
    async words => {
      const { code, out } = await sidetrace(['explain', words]);
      expect(code).toBe(0);
      expect(out.length).toBeGreaterThan(40);
    },
  );

  test('a mesh without workloads has no rows, and says so', async () => {
    const { code, out } = await sidetrace(
      ['access', '-f', '-'],
      'kind: Namespace\napiVersion: v1\n',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^no rows: the input has no workload/);
  });

  test.each([
    ['not an object', 'hello\n', /the document is no map/],
    ['without a kind', 'apiVersion: v1\n', /has no `apiVersion` and `kind`/],
    ['nested too deeply', `a: ${'['.repeat(3000)}${']'.repeat(3000)}\n`, /nesting exceeded/],
    ['a template', 'a: {{ .Values.x }}\n', /render the chart first/],
  ])('a document that is %s ends with 3, and the rest is answered', async (_, text, message) => {
    const { code, out, err } = await sidetrace(['access', '-f', mesh, '-f', '-'], text);
    expect(code).toBe(3);
    expect(err).toMatch(message);
    expect(out).toMatch(/api\.payments\.example/);
  });

  test('an unknown format is refused with those that there are', async () => {
    const { code, err } = await sidetrace(['diff', mesh, mesh, '-o', 'xml']);
    expect(code).toBe(2);
    expect(err).toMatch(/text, json, yaml, csv, markdown/);
  });

  test.each([
    ['trace', ['trace', '-f', mesh, 'shop/web', 'https://news.example']],
    ['paths', ['paths', '-f', mesh, 'shop/web']],
    ['rules', ['rules', '-f', mesh, 'shop/web']],
    ['access', ['access', '-f', mesh]],
    ['diff', ['diff', mesh, mesh]],
    ['explain', ['explain', '502']],
  ])('yaml and json of %s are the same data', async (_, args) => {
    const [json, yaml] = [
      await sidetrace([...args, '-o', 'json']),
      await sidetrace([...args, '-o', 'yaml']),
    ];
    expect(parse(yaml.out)).toEqual(JSON.parse(json.out));
  });

  test('a symptom is narrowed to what a call of a mesh may show', async () => {
    const args = ['explain', '502', '-f', mesh, '-w', 'shop/web', '-t', 'http://news.example'];
    const { code, out } = await sidetrace(args);
    expect(code).toBe(0);
    expect(out).toMatch(/the call as asked shows this symptom/);
    expect(out).toMatch(/here: .*`news\.example`/);
    expect(out).toMatch(/ruled out here: /);
    const half = await sidetrace(['explain', '502', '-f', mesh, '-w', 'shop/web']);
    expect([half.code, half.err]).toEqual([2, expect.stringMatching(/belong together/)]);
  });

  test('standard input is read, and a pipe gets no colours', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c}]}\n';
    const { out } = await sidetrace(['rules', '-f', '-', '--inject-default', '-n', 'x', 'p'], pod);
    expect(out).toMatch(/ISTIO_OUTPUT/);
    expect(out).not.toContain('\u001b[');
  });
});
