import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { applyPatch } from 'diff';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
// loaded here, so that no test pays for it
import '../commands/audit';
import { runSidetrace } from '../testing/run-sidetrace';

const manifest = `# the partner
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: pay, namespace: shop }
spec:
  hosts: [pay.example.com] # one host
  exportTo: ["."]
  location: MESH_EXTERNAL
  resolution: DNS
  ports:
    - number: 443
      name: web   # ours
      protocol: HTTP # wrong
`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidetrace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const audit = (args: readonly string[], stdin = '') => runSidetrace(['audit', ...args], { stdin });

function put(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('audit --fix', () => {
  test('shows a diff and writes nothing', async () => {
    const file = put('mesh.yaml', manifest);
    const { code, out, err } = await audit(['-f', file, '--fix']);
    expect(code).toBe(1);
    expect(out).toContain('-      protocol: HTTP # wrong\n+      protocol: TLS # wrong\n');
    expect(out.match(/^[-+] /gm)).toHaveLength(2);
    expect(err).toContain('not written: --write does it');
    expect(readFileSync(file, 'utf8')).toBe(manifest);
  });

  test('--write writes what the diff shows, with the comments, and the finding is gone', async () => {
    const file = put('mesh.yaml', manifest);
    const { out } = await audit(['-f', file, '--fix']);
    const { code } = await audit(['-f', file, '--fix', '--write']);
    expect(code).toBe(0);
    const written = readFileSync(file, 'utf8');
    expect(written).toBe(applyPatch(manifest, out));
    for (const comment of ['# the partner', '# one host', '# ours', '# wrong']) {
      expect(written).toContain(comment);
    }
    const again = await audit(['-f', file]);
    expect(again.out).not.toContain('https-port-declared-http]');
  });

  test('of two fixes for one port the worse finding is fixed and the other is named', async () => {
    const { out, err } = await audit(['-f', put('mesh.yaml', manifest), '--fix']);
    expect(out).not.toContain('DestinationRule');
    expect(err).toMatch(
      /not applied: destinationrule\/missing-tls-origination .* overlaps with the fix of serviceentry\/https-port-declared-http/,
    );
  });

  test('standard input is not fixed, and that is said', async () => {
    const { code, out, err } = await audit(['-f', '-', '--fix', '--write'], manifest);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/not applied: .*: it comes from standard input/);
  });

  test('a compressed file is left alone', async () => {
    const bytes = gzipSync(manifest);
    const file = put('mesh.yaml.gz', bytes);
    const { err } = await audit(['-f', file, '--fix', '--write']);
    expect(err).toMatch(/is compressed or not plain UTF-8/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('line ends of Windows stay', async () => {
    const file = put('mesh.yaml', manifest.replaceAll('\n', '\r\n'));
    await audit(['-f', file, '--fix', '--write']);
    const written = readFileSync(file, 'utf8');
    expect(written).toContain('protocol: TLS # wrong\r\n');
    expect(written).not.toMatch(/[^\r]\n/);
  });

  test('an input without anything to fix gives no diff', async () => {
    const file = put('mesh.yaml', manifest.replace('HTTP', 'TLS'));
    const { code, out, err } = await audit(['-f', file, '--fix', '--write']);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('nothing to write');
  });

  test.each([
    [['--write'], /--write writes fixes/],
    [['--fix', '-o', 'json'], /--fix prints a diff and nothing else/],
  ])('%j alone is a usage error', async (args, message) => {
    const { code, err } = await audit(['-f', put('mesh.yaml', manifest), ...args]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
