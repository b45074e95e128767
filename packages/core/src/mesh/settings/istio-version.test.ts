import { describe, expect, it } from 'vitest';
import { meshFromYaml } from '../mesh-from-yaml';

const pod = (image: string) => `
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: a}
spec: {containers: [{name: istio-proxy, image: "${image}"}]}`;
const namespace = (revision: string) => `
apiVersion: v1
kind: Namespace
metadata: {name: a, labels: {istio.io/rev: "${revision}"}}`;

describe('the Istio version that answers hold for', () => {
  it.each([
    ['docker.io/istio/proxyv2:1.26.8', '1.26'],
    ['gcr.io/istio-release/proxyv2:1.30.3-distroless', '1.30'],
  ])('image %s shows %s', (image, version) => {
    const mesh = meshFromYaml(pod(image));
    expect(mesh.istioVersion).toBe(version);
    expect(mesh.assumptions.map(({ code }) => code)).not.toContain('istio-version-assumed');
  });

  it('a revision shows it when no image does', () => {
    expect(meshFromYaml(namespace('1-26-8')).istioVersion).toBe('1.26');
    expect(
      meshFromYaml([namespace('1-26-8'), pod('istio/proxyv2:1.30.0')].join('\n---\n')).istioVersion,
    ).toBe('1.30');
  });

  it.each(['auto', 'docker.io/istio/proxyv2:latest', 'example.com/app:1.26.0'])(
    'image %s shows nothing: the newest is taken, as an assumption',
    image => {
      const mesh = meshFromYaml([pod(image), namespace('canary')].join('\n---\n'));
      expect(mesh.istioVersion).toBe('1.32');
      expect(mesh.assumptions.map(({ code }) => code)).toContain('istio-version-assumed');
    },
  );

  it('the caller has the last word', () => {
    expect(meshFromYaml(pod('istio/proxyv2:1.30.0'), { istioVersion: '1.26' }).istioVersion).toBe(
      '1.26',
    );
  });
});
