import { describe, expect, test } from 'vitest';
// loaded here, so that no test pays for it
import '../commands/audit';
import { runSidetrace } from '../testing/run-sidetrace';

const mesh = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: app, image: app:1 }] }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: pay, namespace: shop, labels: { team: "=cmd|' /C calc'!A0" } }
spec:
  hosts: [pay.example.com]
  resolution: DNS
  ports: [{ number: 443, name: web, protocol: HTTP }]
`;

async function audit(format: string): Promise<string> {
  const args = ['audit', '-f', '-', '-o', format, '--istio', '1.30', '--flag', 'X=y'];
  return (await runSidetrace(args, { stdin: mesh })).out;
}

describe('the header of a report', () => {
  test.each(['text', 'json', 'markdown', 'sarif', 'junit'])(
    'in %s has versions, flags, time, and what a sidecar cannot enforce',
    async format => {
      const text = await audit(format);
      const plain = text.replace(/\s+/g, ' ');
      expect(plain).toContain('1.30');
      expect(plain).toMatch(/X=y|"X": "y"/);
      expect(plain).toContain('2026-11-24T12:00:00.000Z');
      expect(plain).toContain('UDP and ICMP are never captured');
      expect(plain).toContain('declared-hosts');
      expect(plain).toContain('network-policies');
    },
  );

  test('has the same digest for the same input', async () => {
    const digest = async () => JSON.parse(await audit('json')).header.input;
    expect(await digest()).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest()).toBe(await digest());
  });
});

describe('a finding', () => {
  test('in JSON has line and column, owner and a traced call', async () => {
    const { findings } = JSON.parse(await audit('json'));
    const finding = findings.find(
      ({ id }: { readonly id: string }) => id === 'serviceentry/https-port-declared-http',
    );
    expect(finding.position).toEqual({ line: 20, column: 37 });
    expect(finding.owner).toBe("=cmd|' /C calc'!A0");
    expect(finding.evidence.command).toBe('sidetrace trace shop/web http://pay.example.com:443');
  });

  test('in CSV has line, column and an owner that is no formula', async () => {
    const [head = '', ...rows] = (await audit('csv')).split('\r\n');
    expect(head.split(',')).toContain('column');
    const row = rows.find(line => line.includes('https-port-declared-http'));
    // what the report rests on comes last, in every row: csv has no place for a header
    expect(head).toMatch(/,fingerprint,source,cluster,istio,input,time,sidetrace$/);
    const version = '\\d+\\.\\d+\\.\\d+.*';
    const time = '2026-11-24T12:00:00\\.000Z';
    expect(row).toMatch(new RegExp(`,,,1\\.30,[0-9a-f]{64},${time},${version}$`));
    expect(row).toContain(",'-,20,37,");
    expect(row).toContain(",'=cmd|");
  });
});
