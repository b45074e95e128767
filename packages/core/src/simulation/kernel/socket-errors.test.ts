import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { allowAny, document, namespace } from '../../testing/manifest-text';
import { simulate } from '../simulate';
import type { Call } from '../trace';

const pod = (ips: string, injected: boolean) =>
  allowAny +
  namespace('shop', `istio-injection: ${injected ? 'enabled' : 'disabled'}`) +
  document(`apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: app}]}
status: {phase: Running, podIP: 10.1.0.5, podIPs: [{ip: 10.1.0.5}${ips}]}`);

const ask = (ips: string, call: Partial<Call>, injected = false) =>
  simulate(meshFromYaml(pod(ips, injected)), {
    from: { kind: 'Pod', namespace: 'shop', name: 'web' },
    to: '198.51.100.7',
    port: 443,
    protocol: 'tcp',
    ...call,
  });

/** connect(2): ENETUNREACH without a route or a source address, EADDRNOTAVAIL from bind(2), EINVAL from a loopback source. */
describe('a socket that the kernel gives an error', () => {
  it.each([
    ['an address of a family that the pod lacks', { to: '2001:db8::7' }, 'enetunreach'],
    ['a source that is not an address of the pod', { bind: '10.1.0.6' }, 'eaddrnotavail'],
    ['a loopback source and a destination outside', { bind: '127.0.0.6' }, 'einval'],
  ] as const)('has %s', (_, call, how) => {
    const { disposition, symptom, reasons } = ask('', call);
    expect([disposition, symptom.connect, symptom.code]).toEqual([
      'not-sent',
      how,
      `connect:${how}`,
    ]);
    expect(reasons).toContain('address-not-usable');
    expect(symptom.summary).toMatch(/^connect\(\) fails: /);
  });
  it('is none of a pod with both families', () => {
    expect(ask(', {ip: "fd00::5"}', { to: '2001:db8::7' }).disposition).toBe('delivered');
    expect(ask('', { bind: '10.1.0.5' }).disposition).toBe('delivered');
  });
});
