import type { FakeKubernetes, Fault } from 'fake-kubernetes';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClusterListing } from '../cluster-listing';
import { quick, startCluster } from '../testing/start-cluster';
import { watchCluster } from '.';

type Step =
  | { readonly kind: 'put' | 'remove'; readonly name: string; readonly label: number }
  | { readonly kind: 'fail'; readonly fault: Fault }
  | { readonly kind: 'compact' | 'bookmark' | 'backup' | 'restore' | 'wait' };

const podRef = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
});
const pod = (name: string, label: number) => ({
  ...podRef(name),
  metadata: { name, namespace: 'shop', labels: { label: String(label) } },
});

const scope = fc.record({
  resource: fc.constant('pods'),
  verb: fc.constantFrom('list' as const, 'watch' as const),
  times: fc.integer({ min: 1, max: 3 }),
});
const fault: fc.Arbitrary<Fault> = fc
  .tuple(
    scope,
    fc.oneof(
      fc.record({ kind: fc.constant('gone' as const), status: fc.boolean() }),
      fc.record({ kind: fc.constant('cut' as const), after: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ kind: fc.constant('server-error' as const) }),
      fc.record({ kind: fc.constant('malformed' as const) }),
      fc.record({
        kind: fc.constant('too-many-requests' as const),
        retryAfterSeconds: fc.constant(0),
      }),
      fc.record({ kind: fc.constant('slow' as const), milliseconds: fc.constant(5) }),
    ),
  )
  .map(([where, how]) => ({ ...where, ...how }));

const name = fc.constantFrom('a', 'b', 'c', 'd');
const change = (kind: 'put' | 'remove') =>
  fc.record({ kind: fc.constant(kind), name, label: fc.nat(9) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: change('put'), weight: 4 },
  { arbitrary: change('remove'), weight: 2 },
  { arbitrary: fault.map(value => ({ kind: 'fail' as const, fault: value })), weight: 3 },
  {
    arbitrary: fc.record({
      kind: fc.constantFrom('compact', 'bookmark', 'backup', 'restore', 'wait'),
    }),
    weight: 3,
  },
);

const patience = { timeout: 30_000, interval: 5 };

/** The cluster's pods as the test changed them, label by name; and as they were when a backup was made. */
interface Pods {
  now: Map<string, number>;
  backup: { readonly version: number; readonly pods: ReadonlyMap<string, number> };
}

const backupOf = (fake: FakeKubernetes, pods: ReadonlyMap<string, number>): Pods['backup'] => ({
  version: fake.version(),
  pods: new Map(pods),
});

function take(fake: FakeKubernetes, pods: Pods, next: Step): void {
  switch (next.kind) {
    case 'put':
      fake.put(pod(next.name, next.label));
      pods.now.set(next.name, next.label);
      return;
    case 'remove':
      if (pods.now.delete(next.name)) fake.remove(podRef(next.name));
      return;
    case 'fail':
      fake.fail(next.fault);
      return;
    case 'compact':
    case 'bookmark':
      fake[next.kind]();
      return;
    case 'backup':
      pods.backup = backupOf(fake, pods.now);
      return;
    case 'restore':
      fake.restore(pods.backup.version);
      pods.now = new Map(pods.backup.pods);
      return;
    case 'wait':
      return;
  }
}

const labelsOf = (listing: ClusterListing | undefined): readonly string[] =>
  (listing?.resources ?? [])
    .map(({ value }) => JSON.parse(JSON.stringify(value)).metadata)
    .map(metadata => `${metadata.name}=${metadata.labels.label}`)
    .sort();

test('whatever fails in passing, in the end a follower has what the cluster has', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async steps => {
      const { fake, cluster } = await startCluster([pod('a', 0)], { ...quick, silentMs: 1000 });
      const first = new Map([['a', 0]]);
      const pods: Pods = { now: first, backup: backupOf(fake, first) };
      const stop = new AbortController();
      let last: ClusterListing | undefined;
      const ended = watchCluster(cluster, {
        signal: stop.signal,
        debounceMs: 1,
        pageSize: 2,
        onListing: listing => {
          last = listing;
        },
      });
      await expect.poll(() => labelsOf(last), patience).toEqual(['a=0']);
      for (const next of steps) {
        take(fake, pods, next);
        if (next.kind === 'wait') await new Promise(resolve => setTimeout(resolve, 15));
      }
      fake.calm();
      const wanted = [...pods.now].map(([key, label]) => `${key}=${label}`).sort();
      await expect.poll(() => labelsOf(last), patience).toEqual(wanted);
      stop.abort();
      await ended;
      await fake.close();
    }),
    { numRuns: 25, seed: 20_26 },
  );
});
