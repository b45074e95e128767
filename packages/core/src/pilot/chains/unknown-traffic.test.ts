import { describe, expect, it } from 'vitest';
import { callerIn, meshConfig, policy, type Speaks, where } from '../call-through';

const ports = `
    - {number: 80, name: a, protocol: HTTP}
    - {number: 81, name: b, protocol: ""}
    - {number: 82, name: c, protocol: TCP}
    - {number: 83, name: d, protocol: TLS}
    - {number: 84, name: e, protocol: HTTPS}
    - {number: 85, name: f, protocol: GRPC}
    - {number: 86, name: g, protocol: HTTP2}`;
const entry = (addresses = '[]') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: istio-io, namespace: default}
spec:
  hosts: [istio.io]
  addresses: ${addresses}
  location: MESH_EXTERNAL
  resolution: DNS
  ports: ${ports}`;
const vip = entry('[1.2.3.4]');
const noVip = entry();

const to = (mode: string, document: string, port: number, speaks: Speaks) => {
  const call = callerIn([policy(mode), document]);
  return where(call({ to: `9.9.9.9:${port}`, speaks, host: 'foo', sni: 'foo' }));
};
const httpPorts = [80, 85, 86];
const tcpPorts = [81, 82, 83, 84];

describe('calls to an address that no service has, beside a ServiceEntry with an address', () => {
  it.each(httpPorts)('REGISTRY_ONLY answers plain HTTP on HTTP port %i with 502', port => {
    expect(to('REGISTRY_ONLY', vip, port, 'http')).toBe('502 block_all');
  });
  it.each(httpPorts)('REGISTRY_ONLY closes TLS and other bytes on HTTP port %i', port => {
    for (const speaks of ['tls', 'tcp'] as const) {
      expect(to('REGISTRY_ONLY', vip, port, speaks)).toBe('no-healthy-host BlackHoleCluster');
    }
  });
  it.each(tcpPorts)('REGISTRY_ONLY closes everything on port %i', port => {
    for (const speaks of ['http', 'tls', 'tcp'] as const) {
      expect(to('REGISTRY_ONLY', vip, port, speaks)).toBe('no-healthy-host BlackHoleCluster');
    }
  });
  it.each([...httpPorts, ...tcpPorts])('ALLOW_ANY passes everything on port %i', port => {
    for (const speaks of ['http', 'tls', 'tcp'] as const) {
      expect(to('ALLOW_ANY', vip, port, speaks)).toBe('PassthroughCluster');
    }
  });
  it.each([...httpPorts, ...tcpPorts])('ALLOW_ANY_DYNAMIC_DNS on port %i', port => {
    expect(to('ALLOW_ANY_DYNAMIC_DNS', vip, port, 'http')).toBe('AllowAnyDynamicDNSCluster');
    expect(to('ALLOW_ANY_DYNAMIC_DNS', vip, port, 'tls')).toBe('PassthroughCluster');
    expect(to('ALLOW_ANY_DYNAMIC_DNS', vip, port, 'tcp')).toBe('PassthroughCluster');
  });
});

describe('the same beside a ServiceEntry without an address', () => {
  const modes = ['REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS'];
  it.each([80, 81, 85, 86])('plain HTTP on port %i is for an unknown host', port => {
    expect(to('REGISTRY_ONLY', noVip, port, 'http')).toBe('502 block_all');
  });
  it.each(modes)('%s: the TCP port takes every address', mode => {
    for (const speaks of ['http', 'tls', 'tcp'] as const) {
      expect(to(mode, noVip, 82, speaks)).toBe('outbound|82||istio.io');
    }
  });
  it.each(modes)('%s: the undeclared port takes what is not HTTP', mode => {
    for (const speaks of ['tls', 'tcp'] as const) {
      expect(to(mode, noVip, 81, speaks)).toBe('outbound|81||istio.io');
    }
  });
  it.each([83, 84])('TLS port %i knows no other name, and no HTTP', port => {
    for (const speaks of ['http', 'tls', 'tcp'] as const) {
      expect(to('REGISTRY_ONLY', noVip, port, speaks)).toBe('no-healthy-host BlackHoleCluster');
      expect(to('ALLOW_ANY_DYNAMIC_DNS', noVip, port, speaks)).toBe('PassthroughCluster');
    }
  });
});

describe('the capture port itself', () => {
  it.each(['15001', '15006'])('a call to port %s would loop and is closed', port => {
    const call = callerIn([policy('ALLOW_ANY')]);
    expect(where(call({ to: `9.9.9.9:${port}`, speaks: 'tcp' }))).toBe(
      'no-healthy-host BlackHoleCluster',
    );
  });
});

describe('who waits', () => {
  it('a server-first client hangs on a sniffed port and not on a TCP port', () => {
    const call = callerIn([policy('ALLOW_ANY'), noVip]);
    expect(call({ to: '9.9.9.9:80', speaks: 'server-first' }).outcome).toBe('waiting');
    expect(call({ to: '9.9.9.9:82', speaks: 'server-first' }).outcome).toBe('forwarded');
    expect(call({ to: '9.9.9.9:999', speaks: 'server-first' }).outcome).toBe('forwarded');
  });
  it('protocolDetectionTimeout ends the wait', () => {
    const call = callerIn([meshConfig('protocolDetectionTimeout: 1s'), noVip]);
    expect(where(call({ to: '9.9.9.9:80', speaks: 'server-first' }))).toBe('PassthroughCluster');
  });
  it('ALLOW_ANY_DYNAMIC_DNS sniffs unregistered ports under the time limit of Envoy', () => {
    const call = callerIn([policy('ALLOW_ANY_DYNAMIC_DNS')]);
    expect(call({ to: '9.9.9.9:999', speaks: 'server-first' }).outcome).toBe('timed-out');
  });
  it('HTTP/1.0 is no HTTP on a sniffed port', () => {
    const call = callerIn([policy('REGISTRY_ONLY'), noVip]);
    const walk = call({ to: '9.9.9.9:80', speaks: 'http1.0', host: 'istio.io' });
    expect(walk.filterChain?.name).toBe('PassthroughFilterChain');
  });
  it('CONNECT finds no route, even under ALLOW_ANY', () => {
    const call = callerIn([policy('ALLOW_ANY'), noVip]);
    const request = { method: 'CONNECT' };
    const walk = call({ to: '9.9.9.9:80', speaks: 'http', host: 'x:443', request });
    expect(walk).toMatchObject({ outcome: 'no-route', status: 404 });
  });
});

describe('versions', () => {
  const unknown = (istioVersion: string) => {
    const call = callerIn([policy('ALLOW_ANY_DYNAMIC_DNS'), noVip], { istioVersion });
    return where(call({ to: '9.9.9.9:80', speaks: 'http', host: 'foo' }));
  };
  it('before 1.31 ALLOW_ANY_DYNAMIC_DNS is REGISTRY_ONLY', () => {
    expect(unknown('1.30')).toBe('502 block_all');
    expect(unknown('1.32')).toBe('AllowAnyDynamicDNSCluster');
  });
  it('before 1.3 an unknown host is answered 404', () => {
    expect(unknown('1.2')).toBe('404 no-virtual-host');
  });
});
