export type { Fault, Verb } from './faults';
export type { JsonObject } from './json-object';
export type { SeenRequest } from './server';
export {
  type FakeKubernetes,
  type FakeKubernetesOptions,
  type ObjectRef,
  startFakeKubernetes,
} from './start-fake-kubernetes';
