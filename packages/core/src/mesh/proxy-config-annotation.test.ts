import { describe, expect, it } from 'vitest';
import { readProxyConfigAnnotation } from './proxy-config-annotation';

const read = (text: string) => readProxyConfigAnnotation(text);

describe('the annotation proxy.istio.io/config', () => {
  it.each([
    ['', {}],
    ['{}', {}],
    ['interceptionMode: TPROXY', { interceptionMode: 'TPROXY' }],
    ['{"statusPort": "15021"}', { statusPort: 15021 }],
    ['unknownField: 1', {}],
    ['proxyMetadata: {ISTIO_META_DNS_CAPTURE: "true"}', { ISTIO_META_DNS_CAPTURE: 'true' }],
  ])('takes %j', (text, wanted) => {
    const result = read(text);
    expect(result.kind).toBe('config');
    if (result.kind !== 'config') return;
    const { proxyMetadata, ...others } = result.config;
    expect({ ...others, ...proxyMetadata }).toMatchObject(wanted);
  });

  it.each([
    ['- a list', 'expected a map'],
    ['proxyMetadata: {ISTIO_META_DNS_CAPTURE: true}', 'expected a text'],
    ['interceptionMode: tproxy', 'expected one of REDIRECT, TPROXY, NONE'],
    ['statusPort: 0', 'port number 0 must be in the range 1..65535'],
    ['statusPort: 15020x', 'expected a whole number'],
    ['holdApplicationUntilProxyStarts: "true"', 'expected `true` or `false`'],
    ['drainDuration: 1500ms', 'drain time only supports durations to seconds precision'],
    ['discoveryAddress: istiod', 'discovery address'],
    ['discoveryAddress: ""', 'discovery address must be set'],
    ['binaryPath: ""', 'binary path must be set'],
    ['a: b: c', 'line 1'],
  ])('rejects %j: %s', (text, message) => {
    const result = read(text);
    expect(result.kind === 'invalid' ? result.message : result.kind).toContain(message);
  });
});
