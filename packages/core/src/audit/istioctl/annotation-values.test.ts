import { describe, expect, test } from 'vitest';
import { annotationProblem } from './annotation-values';

/** The sentences are those of `pkg/kube/inject/validate.go` in istio/istio, with Go's own behind them. */
describe('annotationProblem', () => {
  test.each([
    ['traffic.sidecar.istio.io/excludeInboundPorts', '80, 443', undefined],
    ['traffic.sidecar.istio.io/excludeInboundPorts', ' ', undefined],
    [
      'traffic.sidecar.istio.io/excludeInboundPorts',
      '80,',
      `excludeInboundPorts invalid: failed parsing port '': failed parsing port '': strconv.ParseUint: parsing "": invalid syntax`,
    ],
    ['traffic.sidecar.istio.io/includeInboundPorts', '*', undefined],
    [
      'traffic.sidecar.istio.io/includeInboundPorts',
      '65536',
      `includeInboundPorts invalid: failed parsing port '65536': failed parsing port '65536': strconv.ParseUint: parsing "65536": value out of range`,
    ],
    [
      'status.sidecar.istio.io/port',
      'abc',
      `excludeInboundPorts invalid: failed parsing port 'abc': strconv.ParseUint: parsing "abc": invalid syntax`,
    ],
    ['traffic.sidecar.istio.io/includeOutboundIPRanges', '*', undefined],
    [
      'traffic.sidecar.istio.io/excludeOutboundIPRanges',
      '10.0.0.0/8,bad',
      `excludeIPRanges invalid: failed parsing cidr 'bad': netip.ParsePrefix("bad"): no '/'`,
    ],
    [
      'traffic.sidecar.istio.io/excludeOutboundIPRanges',
      '10.0.0.0/33',
      `excludeIPRanges invalid: failed parsing cidr '10.0.0.0/33': netip.ParsePrefix("10.0.0.0/33"): prefix length out of range`,
    ],
  ])('%s: %j is %s', (name, value, said) => {
    expect(annotationProblem(name, value)).toBe(said);
  });

  test.each(['100m', '1.5', '1e3', '2E+1', '64Mi', '+1', 'm', '0'])('%s is a quantity', value => {
    expect(annotationProblem('sidecar.istio.io/proxyMemory', value)).toBeUndefined();
  });

  test.each([
    ['', /regular expression/],
    ['lots', /regular expression/],
    ['1 Gi', /regular expression/],
    ['5kk', /suffix/],
    ['1e', /suffix/],
    ['1\n', /control characters/],
  ])('%j is no quantity', (value, said) => {
    expect(annotationProblem('sidecar.istio.io/proxyCPULimit', value)).toMatch(said);
  });

  test('the proxy configuration is judged as the injector judges it', () => {
    const name = 'proxy.istio.io/config';
    expect(annotationProblem(name, 'interceptionMode: TPROXY')).toBeUndefined();
    expect(annotationProblem(name, 'interceptionMode: tproxy')).toBeDefined();
    expect(annotationProblem(name, 'statusPort: 0')).toBeDefined();
  });

  test('values that only the template reads are not judged', () => {
    expect(annotationProblem('sidecar.istio.io/enableCoreDump', 'maybe')).toBeUndefined();
    expect(annotationProblem('sidecar.istio.io/rewriteAppHTTPProbers', 'maybe')).toBeUndefined();
    const ports = 'readiness.status.sidecar.istio.io/applicationPorts';
    expect(annotationProblem(ports, 'http')).toBeUndefined();
    expect(
      annotationProblem('traffic.sidecar.istio.io/includeOutboundPorts', 'abc'),
    ).toBeUndefined();
  });
});
