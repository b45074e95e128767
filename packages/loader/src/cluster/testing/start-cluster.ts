import {
  type FakeKubernetes,
  type FakeKubernetesOptions,
  startFakeKubernetes,
} from 'fake-kubernetes';
import { type Cluster, connectCluster } from '..';
import type { Pace } from '../request';

/** Impatient, so that tests do not wait. */
export const quick: Pace = {
  tries: 4,
  firstMs: 1,
  longestMs: 5,
  totalMs: 20_000,
  againMs: 50,
  silentMs: 660_000,
};

/** A token that must show nowhere. */
export const token = 'token-that-must-show-nowhere';

/** A server, and a connection to it. */
export interface Started {
  readonly fake: FakeKubernetes;
  readonly cluster: Cluster;
}

/** Starts a server with objects and connects to it by token. */
export async function startCluster(
  objects: FakeKubernetesOptions['objects'],
  pace: Pace = quick,
): Promise<Started> {
  const fake = await startFakeKubernetes({ objects, token });
  const cluster = await connectCluster({ kind: 'token', server: fake.url, token }, { pace });
  return { fake, cluster };
}
