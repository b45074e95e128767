import { describe, expect, it } from 'vitest';
import { validateResource } from '..';

function judge(patch: object) {
  const value = {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name: 'a', namespace: 'ns' },
    spec: { configPatches: [patch] },
  };
  const source = { file: 'object.yaml', document: 0, line: 1 };
  const admission = validateResource({ value, source })?.admission;
  return {
    errors: admission?.errors.map(error => error.message),
    warnings: admission?.warnings.map(warning => warning.message),
  };
}

const add = { operation: 'ADD', value: { name: 'a' } };
const remove = { operation: 'REMOVE' };
const filtering = (filter: object) => ({ listener: { filterChain: { filter } } });
const manager = 'envoy.filters.network.http_connection_manager';

/** Sentences of `pkg/config/validation/envoyfilter/envoyfilter.go` in istio/istio. */
describe('an EnvoyFilter', () => {
  it('always warns that it exposes internals', () => {
    const { errors, warnings } = judge({ applyTo: 'CLUSTER', patch: remove });
    expect(errors).toEqual([]);
    expect(warnings?.join()).toContain('exposes internal implementation details');
  });

  it.each([
    ['LISTENER', { cluster: {} }, 'listener class objects cannot have non listener match'],
    ['HTTP_ROUTE', { listener: {} }, 'http route class objects cannot have non route'],
    ['CLUSTER', { listener: {} }, 'cluster class objects cannot have non cluster match'],
    ['HTTP_FILTER', filtering({}), 'filter match has no name'],
    ['NETWORK_FILTER', filtering({ name: manager, subFilter: { name: 'a' } }), 'HTTP_FILTER only'],
    ['HTTP_FILTER', filtering({ name: 'a', subFilter: { name: 'a' } }), `match with ${manager}`],
    ['HTTP_FILTER', filtering({ name: manager, subFilter: {} }), 'subfilter match has no name'],
    ['CLUSTER', { proxy: { proxyVersion: '(' } }, 'invalid regex for proxy version'],
  ])('for %s with the match %j is rejected: %s', (applyTo, match, said) => {
    const { errors } = judge({ applyTo, match, patch: add });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toContain(said);
  });

  it.each([
    ['HTTP_FILTER', filtering({ name: manager, subFilter: { name: 'a' } })],
    ['EXTENSION_CONFIG', { listener: {} }],
    ['BOOTSTRAP', { cluster: {} }],
    ['VIRTUAL_HOST', { routeConfiguration: {} }],
    ['CLUSTER', { context: 'GATEWAY' }],
  ])('for %s with the match %j is taken', (applyTo, match) => {
    expect(judge({ applyTo, match, patch: add }).errors).toEqual([]);
  });

  it('warns of a filter that a whole listener is matched by', () => {
    const { errors, warnings } = judge({
      applyTo: 'FILTER_CHAIN',
      match: filtering({ name: 'a' }),
      patch: remove,
    });
    expect(errors).toEqual([]);
    expect(warnings).toContain(
      'Envoy filter: filter match has no effect when used with FILTER_CHAIN',
    );
  });

  it('needs an operation, and a value unless it removes', () => {
    expect(judge({ applyTo: 'CLUSTER', patch: {} }).errors).toEqual([
      'Envoy filter: missing patch operation',
    ]);
    expect(judge({ applyTo: 'CLUSTER', patch: { operation: 'ADD' } }).errors).toEqual([
      'Envoy filter: missing patch value for non-remove operation',
    ]);
  });
});
