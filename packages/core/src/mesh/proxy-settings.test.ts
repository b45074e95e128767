import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProxyConfig, ProxyConfigMessage } from '../resources';
import { mergeProxySettings } from './proxy-settings';

const option = (name: string) => ({ kind: 'option', option: name }) as const;

interface Case {
  readonly annotation?: string;
  readonly configs?: readonly ProxyConfig[];
  readonly mesh?: ProxyConfigMessage;
  readonly namespace?: string;
}

function merge({ annotation, configs = [], mesh = {}, namespace = 'shop' }: Case) {
  return mergeProxySettings({
    namespace,
    labels: { app: 'web' },
    annotations: annotation === undefined ? {} : { 'proxy.istio.io/config': annotation },
    annotationOrigin: option('annotation'),
    proxyConfigs: configs,
    rootNamespace: 'istio-system',
    meshDefault: mesh,
    meshOrigin: option,
  });
}

function proxyConfig(
  namespace: string,
  name: string,
  value: string,
  more: { readonly app?: string; readonly created?: string } = {},
): ProxyConfig {
  return {
    kind: 'ProxyConfig',
    apiVersion: 'networking.istio.io/v1beta1',
    metadata: {
      name,
      namespace,
      labels: {},
      annotations: {},
      ...(more.created !== undefined && { creationTimestamp: more.created }),
    },
    spec: {
      environmentVariables: { KEY: value, [name]: value },
      ...(more.app !== undefined && { selector: { matchLabels: { app: more.app } } }),
    },
    source: { file: 'a.yaml', document: 0, line: 1 },
  };
}

const key = (given: Case) => merge(given).config.proxyMetadata.KEY;

describe('the effective proxy configuration', () => {
  const root = proxyConfig('istio-system', 'root', 'root');
  const own = proxyConfig('shop', 'own', 'own');
  const selected = proxyConfig('shop', 'selected', 'selected', { app: 'web' });
  const other = proxyConfig('shop', 'other', 'other', { app: 'db' });
  const annotation = 'proxyMetadata: { KEY: annotation }';

  it('goes selector, annotation, namespace, root namespace, mesh', () => {
    const mesh = { proxyMetadata: { KEY: 'mesh' } };
    expect(key({ mesh })).toBe('mesh');
    expect(key({ mesh, configs: [root] })).toBe('root');
    expect(key({ mesh, configs: [root, own, other] })).toBe('own');
    expect(key({ mesh, configs: [root, own], annotation })).toBe('annotation');
    expect(key({ mesh, configs: [root, own, selected], annotation })).toBe('selected');
  });
  it('merges metadata by key', () => {
    expect(merge({ configs: [root, own, selected] }).config.proxyMetadata).toEqual({
      KEY: 'selected',
      root: 'root',
      own: 'own',
      selected: 'selected',
    });
  });
  it('of one kind the oldest counts, then the name', () => {
    const older = proxyConfig('shop', 'z', 'older', { created: '2026-01-01T00:00:00Z' });
    const newer = proxyConfig('shop', 'a', 'newer', { created: '2026-02-01T00:00:00Z' });
    expect(key({ configs: [newer, older] })).toBe('older');
    expect(key({ configs: [proxyConfig('shop', 'b', 'b'), proxyConfig('shop', 'a', 'a')] })).toBe(
      'a',
    );
  });
  it('a zero value is lost, a false of a wrapper is not', () => {
    const mesh = { interceptionMode: 'TPROXY', holdApplicationUntilProxyStarts: true } as const;
    const zero = 'interceptionMode: REDIRECT\nholdApplicationUntilProxyStarts: false';
    expect(merge({ mesh, annotation: zero }).config).toMatchObject({
      interceptionMode: 'TPROXY',
      holdApplicationUntilProxyStarts: false,
    });
  });
  it('says where a field comes from', () => {
    const { origin } = merge({ annotation: 'interceptionMode: TPROXY', configs: [own] });
    expect(origin('interceptionMode')).toEqual(option('annotation'));
    expect(origin('proxyMetadata.KEY')).toMatchObject({ path: 'spec.environmentVariables.KEY' });
    expect(origin('statusPort')).toEqual({
      kind: 'default',
      default: 'defaultConfig.statusPort=15020',
    });
  });
  it.each([
    'interceptionMode: [',
    'interceptionMode: tproxy',
    'proxyMetadata: { A: 1 }',
    'statusPort: 0',
    '[]',
    'drainDuration: 45',
    'holdApplicationUntilProxyStarts: "true"',
  ])('cannot be read from `%s`', text => {
    expect(merge({ annotation: text }).annotationError).toBeDefined();
  });
  it.each([
    '',
    'unknownField: 1',
    'interceptionMode: 1',
    '{"concurrency": "2"}',
    'drainDuration: 45s',
  ])('can be read from `%s`', text => {
    expect(merge({ annotation: text }).annotationError).toBeUndefined();
  });
  it('does not depend on the order of manifests', () => {
    const configs = [root, own, selected, other, proxyConfig('shop', 'late', 'late')];
    fc.assert(
      fc.property(fc.shuffledSubarray(configs, { minLength: configs.length }), shuffled => {
        expect(merge({ configs: shuffled }).config).toEqual(merge({ configs }).config);
      }),
    );
  });
});
