import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { decodeResources } from '../decode-resources';

const decoded = (value: unknown) =>
  decodeResources([{ value, source: { file: 'istio.yaml', document: 0, line: 1 } }]);

const values = {
  meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
  global: { proxy: { includeIPRanges: '10.0.0.0/8' } },
};
const sail = {
  apiVersion: 'sailoperator.io/v1',
  kind: 'Istio',
  metadata: { name: 'default' },
  spec: { version: 'v1.26.3', namespace: 'istio-system', values },
};
const flux = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'istiod', namespace: 'flux' },
  spec: {
    targetNamespace: 'istio-system',
    chart: { spec: { chart: 'istiod', version: '1.26.3' } },
    values,
  },
};
const argo = (helm: unknown, chart = 'istiod') => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'istiod', namespace: 'argocd' },
  spec: {
    destination: { namespace: 'istio-system' },
    source: { chart, targetRevision: '1.26.3', helm },
  },
});
const text = 'meshConfig: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}\n';
const setting = 'meshConfig.outboundTrafficPolicy.mode';

/** Flux `HelmReleaseSpec`, Argo CD `ApplicationSourceHelm`, Sail operator `IstioSpec`. */
describe('what installs istiod', () => {
  it.each([
    ['an Istio of the Sail operator', sail, 'spec.values.meshConfig'],
    ['a HelmRelease of Flux', flux, 'spec.values.meshConfig'],
    [
      'an Application with values as a map',
      argo({ valuesObject: values }),
      'spec.source.helm.valuesObject.meshConfig',
    ],
    [
      'an Application with values as text',
      argo({ values: text }),
      'spec.source.helm.values.meshConfig',
    ],
    [
      'an Application with parameters',
      argo({ parameters: [{ name: setting, value: 'REGISTRY_ONLY' }] }),
      'spec.source.helm.values.meshConfig',
    ],
    ['values of a chart above it', { istiod: values }, 'istiod.meshConfig'],
    ['values', values, 'meshConfig'],
  ])('is %s', (_, value, path) => {
    const { resources, issues } = decoded(value);
    expect(issues).toEqual([]);
    expect(resources.meshConfigs).toMatchObject([
      { path, config: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } },
    ]);
    expect(resources.other.map(({ kind }) => kind)).toEqual(['HelmValues']);
  });
  it('tells the version of Istio', () => {
    const versionOf = (value: unknown) => meshFromYaml(JSON.stringify(value)).istioVersion;
    expect([sail, flux, argo({})].map(versionOf)).toEqual(['1.26', '1.26', '1.26']);
    const range = { ...sail, spec: { ...sail.spec, version: '1.x' } };
    expect(versionOf(range)).toBe(versionOf({ kind: 'x' }));
    expect(versionOf({ global: { tag: '1.26.3' } })).toBe(versionOf({ kind: 'x' }));
    expect(versionOf({ pilot: {}, global: { tag: '1.26.3' } })).toBe('1.26');
  });
  it('says where further values come from, which are not read', () => {
    const { issues } = decoded({
      ...flux,
      spec: { ...flux.spec, valuesFrom: [{ kind: 'Secret', name: 'more' }] },
    });
    expect(issues).toMatchObject([{ code: 'installation-values-elsewhere', severity: 'warning' }]);
    expect(issues[0]?.message).toContain('Secret more');
  });
  it.each([
    ['another chart', argo({ valuesObject: values }, 'cni')],
    ['a kind of another group', { ...sail, apiVersion: 'elsewhere.example/v1' }],
    ['an Application of a folder', { ...argo({}), spec: { source: { path: 'apps' } } }],
  ])('is not %s', (_, value) => {
    const { resources, issues } = decoded(value);
    expect(resources.meshConfigs).toEqual([]);
    expect(issues.map(({ code }) => code)).toContain('kind-unknown');
  });
  it('takes no key of a prototype for a field', () => {
    const parameters = [{ name: '__proto__.polluted', value: 'x' }];
    decoded(argo({ parameters }));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
