import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../../mesh/mesh-from-yaml';
import { allowAny, deployment, namespace, service } from '../../testing/manifest-text';
import { trafficPaths } from './traffic-paths';

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' } as const;
const own = service('web', 'shop', '{name: http, port: 80, targetPort: 8080}');

function ownServiceCase(manifest: string) {
  const mesh = meshFromYaml(allowAny + namespace('shop') + deployment('web') + manifest);
  const path = trafficPaths(mesh, web).find(({ kind }) => kind === 'local-to-local');
  return path?.cases.find(({ title }) => title.startsWith('own service'))?.trace;
}

describe('a pod that calls its own Service', () => {
  it('goes through both sides of its Envoy by the cluster IP', () => {
    const trace = ownServiceCase(own);
    expect(trace?.disposition).toBe('delivered');
    expect(trace?.hops.map(({ place }) => place)).toContain('sidecar-outbound');
  });
  it('comes to itself directly by the name of a headless one, which leads to the pod', () => {
    const trace = ownServiceCase(own.replace('spec: {', 'spec: {clusterIP: None, '));
    expect(trace?.disposition).toBe('delivered');
    expect(trace?.hops.map(({ place }) => place)).not.toContain('sidecar-outbound');
  });
  it('is no case of a pod without one', () => {
    expect(ownServiceCase('')).toBeUndefined();
  });
});
