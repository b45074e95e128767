import { describe, expect, it } from 'vitest';
import { allowAny, deployment, document, namespace } from '../../testing/manifest-text';
import { meshFromYaml } from '../mesh-from-yaml';
import type { MeshOptions } from '../settings/mesh-options';

const messagesOf = (manifests: string, options: MeshOptions = {}) =>
  meshFromYaml(allowAny + manifests, options).issues.map(({ message }) => message);

describe('a namespace that is not in the input', () => {
  it('is named once, with how many workloads wait for it', () => {
    const two = deployment('web') + deployment('cart') + deployment('pay', { where: 'bank' });
    expect(messagesOf(two)).toEqual([
      'whether 2 workloads of namespace `shop` have a sidecar cannot be told: the Namespace is not in the input',
      'whether `pay` of namespace `bank` has a sidecar cannot be told: the Namespace is not in the input',
    ]);
  });
  it('does not matter when it is there, whatever its labels', () => {
    expect(messagesOf(namespace('shop', '') + deployment('web'))).toEqual([]);
  });
  it('does not matter to pods that say it themselves', () => {
    const refusing = deployment('web', { labels: ', sidecar.istio.io/inject: "false"' });
    expect(messagesOf(refusing)).toEqual([]);
  });
  it.each([true, false])('does not matter when the caller says which (%s)', injectDefault => {
    expect(messagesOf(deployment('web'), { injectDefault })).toEqual([]);
  });
  it('does not matter to objects that have no pods', () => {
    const account = document(
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}',
    );
    expect(messagesOf(account)).toEqual([]);
  });
});
