import { describe, expect, test } from 'vitest';
// loaded here, so that no test pays for it
import '../commands/audit';
import { runSidetrace } from '../testing/run-sidetrace';

const mesh = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: r
  namespace: shop
spec:
  hosts: [pay.example.com]
  http:
    - route:
        - destination:
            host: nowhere.shop.svc.cluster.local
`;

const audit = (args: readonly string[], stdin: string) =>
  runSidetrace(['audit', '-f', '-', ...args], { stdin });

describe('audit --istio-codes', () => {
  test('has the lines of istioctl', async () => {
    const { code, out } = await audit(['--istio-codes'], mesh);
    expect(out).toBe(
      'Error [IST0101] (VirtualService shop/r -:15) Referenced host not found: "nowhere.shop.svc.cluster.local"\n',
    );
    expect(code).toBe(1);
  });

  test('has the json of istioctl', async () => {
    const { out } = await audit(['--istio-codes', '-o', 'json', '--istio', '1.32'], mesh);
    expect(out).toBe(`[
\t{
\t\t"code": "IST0101",
\t\t"documentationUrl": "https://istio.io/v1.32/docs/reference/config/analysis/ist0101/?ref=istioctl-analyze",
\t\t"level": "Error",
\t\t"message": "Referenced host not found: \\"nowhere.shop.svc.cluster.local\\"",
\t\t"origin": "VirtualService shop/r",
\t\t"reference": "-:15"
\t}
]
`);
  });

  test('lists the worst first', async () => {
    const more = `${mesh}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: other }\n`;
    const { out } = await audit(['--istio-codes'], more);
    const lines = out.trimEnd().split('\n');
    expect(lines.map(line => line.split(' ')[0])).toEqual(['Error', 'Info']);
    expect(lines[1]).toContain('[IST0102] (Namespace other -:19)');
  });

  test('says when there is nothing', async () => {
    const [namespace = ''] = mesh.split('---');
    const { code, out, err } = await audit(['--istio-codes'], namespace);
    expect(code).toBe(0);
    expect(out).toBe('');
    expect(err).toContain('No validation issues found');
    expect((await audit(['--istio-codes', '-o', 'json'], namespace)).out).toBe('[]\n');
  });

  test.each([
    [['-o', 'sarif'], /there is no `sarif`/],
    [['--fix'], /and nothing else/],
    [['--baseline', 'b.json'], /and nothing else/],
  ])('with %j is a usage error', async (args, message) => {
    const { code, err } = await audit(['--istio-codes', ...args], mesh);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
