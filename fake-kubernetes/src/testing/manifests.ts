import type { JsonObject } from '../json-object';

/** A pod of few words. */
export const pod = (name: string, namespace = 'shop', labels: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: { containers: [{ name: 'app', image: 'app' }] },
});

/** A ServiceEntry for one host. */
export const serviceEntry = (name: string, host: string): JsonObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'ServiceEntry',
  metadata: { name, namespace: 'shop' },
  spec: { hosts: [host] },
});

/** A namespace. */
export const namespace = (name: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});
