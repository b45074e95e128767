import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh/mesh-from-yaml';
import { simulate, type World } from '../simulation';
import { deployment, entry, namespace, registryOnly, tls } from '../testing/manifest-text';
import { whatIf } from './changes/what-if';
import { nearMisses } from './fixes/near-misses';
import { suggestFixes } from './fixes/suggest-fixes';
import { bypassInventory } from './inventory/bypass-inventory';
import { externalAccess, whoCanReach } from './matrix/external-access';

const text =
  registryOnly +
  namespace('shop') +
  entry('api.pay.example', tls) +
  deployment('web') +
  deployment('batch', { annotations: 'traffic.sidecar.istio.io/excludeOutboundPorts: "3306"' });

const mesh = meshFromYaml(text);
const web = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;

describe('the access matrix', () => {
  const rows = [...externalAccess(mesh)];
  const cell = (name: string, host: string, port: number) =>
    rows.find(row => row.workload.name === name && row.host === host && row.port === port);
  it('has a row for each registered host and one for what is not registered', () => {
    expect(cell('web', 'api.pay.example', 443)).toMatchObject({
      verdict: 'allowed',
      control: 'registered',
      tlsOnTheWire: 'application',
    });
    expect(cell('web', '*', 443)).toMatchObject({ verdict: 'blocked', control: 'none' });
  });
  it('has stable ids, each once', () => {
    expect([...externalAccess(mesh)].map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
  it('can be read the other way round', () => {
    const found = [...whoCanReach(mesh, { host: 'api.pay.example', port: 443 })];
    expect(found.map(row => [row.workload.name, row.verdict])).toEqual([
      ['web', 'allowed'],
      ['batch', 'allowed'],
    ]);
  });
});

describe('a cell whose answers differ', () => {
  it('is mixed when endpoints disagree, and allowed when they do not', () => {
    const two = meshFromYaml(`${text}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: rates, namespace: shop}
spec:
  hosts: [rates.example]
  location: MESH_EXTERNAL
  resolution: STATIC
  endpoints: [{address: 198.51.100.7}, {address: 198.51.100.8}]
  ports: [{number: 80, name: http, protocol: HTTP}]`);
    const verdict = (world: World) =>
      [
        ...externalAccess(two, { workloads: [web], onlyHosts: [{ host: 'rates.example' }], world }),
      ].map(row => row.verdict);
    expect(verdict({ refusingAddresses: ['198.51.100.8'] })).toEqual(['mixed']);
    expect(verdict({})).toEqual(['allowed']);
  });
});

describe('what-if', () => {
  it('opens what is not registered under ALLOW_ANY', () => {
    const { diff, issues } = whatIf(mesh, [{ kind: 'set-outbound', mode: 'ALLOW_ANY' }]);
    expect(issues).toEqual([]);
    expect(diff.changed.every(({ change }) => change === 'opened')).toBe(true);
    expect(diff.changed.length).toBeGreaterThan(0);
  });
  it('changes nothing without a change', () => {
    expect(whatIf(mesh, []).diff).toMatchObject({ added: [], removed: [], changed: [] });
  });
});

describe('the bypass inventory', () => {
  it('names the excluded port and that UDP passes', () => {
    const rows = [...bypassInventory(mesh)].filter(row => row.workload.name === 'batch');
    expect(rows.map(({ reason, covers }) => [reason, covers])).toEqual([
      ['excluded-port', 'port 3306'],
      ['udp', 'UDP (also HTTP/3)'],
      ['icmp', 'ICMP'],
    ]);
  });
});

describe('suggested fixes', () => {
  const calls = [
    { from: web, to: 'rates.example', port: 80, protocol: 'http' },
    { from: web, to: 'rates.example', port: 443, protocol: 'https' },
    { from: web, to: '198.51.100.7', port: 5432, protocol: 'tcp' },
  ] as const;
  it.each(calls)('make the blocked call to $to:$port succeed', call => {
    const trace = simulate(mesh, call);
    expect(trace.disposition).not.toBe('delivered');
    const fixes = suggestFixes(mesh, trace);
    expect(fixes.length).toBeGreaterThan(0);
    for (const fix of fixes) {
      const after = simulate(whatIf(mesh, fix.changes, { workloads: [] }).mesh, call);
      expect(after.disposition).toBe('delivered');
      expect(fix.yaml).toContain('kind: ServiceEntry');
    }
  });
  it('are none for a call that succeeds', () => {
    const trace = simulate(mesh, {
      from: web,
      to: 'api.pay.example',
      port: 443,
      protocol: 'https',
    });
    expect(suggestFixes(mesh, trace)).toEqual([]);
  });
  it('name the host that was meant', () => {
    expect(nearMisses(mesh, 'apl.pay.example')).toEqual([
      { host: 'api.pay.example', namespace: 'shop', why: 'spelling' },
    ]);
  });
});
