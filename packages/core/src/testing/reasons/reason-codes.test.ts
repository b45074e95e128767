import { describe, expect, it } from 'vitest';
import { bypassInventory } from '../../access';
import { findWorkload, meshFromYaml, podViewsOf } from '../../mesh';
import { reasonCodes, simulate } from '../../simulation';
import { ownAddress } from './manifests';
import { reasonCases } from './reason-cases';

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;

/** No call is made with ICMP: the inventory of what goes around the proxy names it. */
const inventoryOnly = ['icmp'];

describe('every reason code', () => {
  it('is shown by a mesh', () => {
    const shown = [...reasonCases.map(({ code }) => code), ...inventoryOnly];
    expect([...new Set(shown)].sort()).toEqual([...reasonCodes].sort());
  });
  it.each(reasonCases.map(item => [item.code, item] as const))('%s is given', (code, item) => {
    const mesh = meshFromYaml(item.manifests, item.mesh);
    const workload = findWorkload(mesh, web);
    const own = workload === undefined ? '' : podViewsOf(mesh, workload)[0]?.ips[0];
    const to = item.call.to === ownAddress ? (own ?? '') : item.call.to;
    const trace = simulate(mesh, { from: web, ...item.call, to }, item.options);
    expect(trace.reasons).toContain(code);
    // what gets through has nothing in its way, and what does not has
    expect(trace.blockers.length > 0).toBe(trace.disposition !== 'delivered');
  });
  it('icmp is in the inventory of what goes around the proxy', () => {
    const item = reasonCases.find(({ code }) => code === 'allow-any');
    const rows = [...bypassInventory(meshFromYaml(item?.manifests ?? ''))];
    expect(rows.map(({ reason }) => reason)).toEqual(['udp', 'icmp']);
  });
});
