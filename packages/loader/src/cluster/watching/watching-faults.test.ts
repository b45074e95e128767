import { type FakeKubernetes, type JsonObject, startFakeKubernetes } from 'fake-kubernetes';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClusterError } from '../cluster-error';
import type { ClusterListing } from '../cluster-listing';
import { connectCluster } from '../connecting';
import { patient } from '../request';
import { quick } from '../testing/start-cluster';
import { watchCluster } from '.';

const token = 'a-token-that-nobody-may-see';
const patience = { timeout: 60_000, interval: 20 };

interface Watched {
  readonly fake: FakeKubernetes;
  /** The names of the pods of the last listing. */
  pods(): readonly string[];
  listings(): number;
  last(): ClusterListing | undefined;
  /** Why nothing arrived, each time that was told; undefined for the end of a trouble. */
  readonly troubles: readonly (ClusterError | undefined)[];
  readonly ended: Promise<void>;
  stop(): void;
}

const running: Watched[] = [];
afterEach(async () => {
  for (const watched of running.splice(0)) {
    watched.stop();
    await watched.ended.catch(() => undefined); // each test looks at the end it is about
    await watched.fake.close();
  }
});

const pod = (name: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
});
const podRef = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop' },
});

const podsOf = (listing: ClusterListing | undefined): readonly string[] =>
  (listing?.resources ?? [])
    .map(({ value }) => JSON.parse(JSON.stringify(value)))
    .filter(({ kind }) => kind === 'Pod')
    .map(({ metadata }) => metadata.name)
    .sort();

async function watchOf(fake: FakeKubernetes, pace = patient): Promise<Watched> {
  const aborter = new AbortController();
  const listings: ClusterListing[] = [];
  const troubles: (ClusterError | undefined)[] = [];
  const cluster = await connectCluster({ kind: 'token', server: fake.url, token }, { pace });
  const ended = watchCluster(cluster, {
    signal: aborter.signal,
    debounceMs: 20,
    onListing: listing => listings.push(listing),
    onTrouble: reason => troubles.push(reason),
  });
  ended.catch(() => undefined); // looked at where a test is about the end
  const watched: Watched = {
    fake,
    pods: () => podsOf(listings.at(-1)),
    listings: () => listings.length,
    last: () => listings.at(-1),
    troubles,
    ended,
    stop: () => aborter.abort(),
  };
  running.push(watched);
  return watched;
}

const podWatches = (fake: FakeKubernetes) =>
  fake.requests.filter(({ resource, verb }) => resource === 'pods' && verb === 'watch');
/** Whole lists; one of a single object only asks for the version. */
const podLists = (fake: FakeKubernetes) =>
  fake.requests.filter(
    ({ resource, verb, query }) => resource === 'pods' && verb === 'list' && query.limit !== '1',
  );

/** A watch of a cluster with a pod `a`, of which the first listing is there and the watch is open. */
async function started(pace = patient): Promise<Watched> {
  const fake = await startFakeKubernetes({ objects: [pod('a')], token });
  const watched = await watchOf(fake, pace);
  await expect.poll(watched.pods, patience).toEqual(['a']);
  await expect.poll(() => podWatches(fake).length, patience).toBe(1);
  return watched;
}

describe('watches of a cluster that fails', () => {
  test('changes arrive: added, changed, removed', async () => {
    const watched = await started();
    watched.fake.put(pod('b'));
    await expect.poll(watched.pods, patience).toEqual(['a', 'b']);
    watched.fake.remove(podRef('a'));
    await expect.poll(watched.pods, patience).toEqual(['b']);
    expect(podLists(watched.fake)).toHaveLength(1);
    expect(podWatches(watched.fake)[0]?.query).toMatchObject({
      allowWatchBookmarks: expect.stringMatching(/^(true|1)$/),
      resourceVersion: '1001',
    });
  });

  test('a cut watch goes on where it was, without a new list', async () => {
    const watched = await started();
    watched.fake.put(pod('b'));
    await expect.poll(watched.pods, patience).toEqual(['a', 'b']);
    watched.fake.fail({ kind: 'cut', after: 0, resource: 'pods', verb: 'watch', times: 1 });
    watched.fake.put(pod('c'));
    await expect.poll(watched.pods, patience).toEqual(['a', 'b', 'c']);
    expect(podLists(watched.fake)).toHaveLength(1);
    expect(podWatches(watched.fake)[1]?.query.resourceVersion).toBe('1002');
  });

  test('after a bookmark a cut watch goes on from there, even when what was before is forgotten', async () => {
    const watched = await started();
    watched.fake.put({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', namespace: 'y' },
    });
    watched.fake.bookmark();
    watched.fake.compact();
    watched.fake.fail({ kind: 'cut', after: 0, resource: 'pods', verb: 'watch', times: 1 });
    watched.fake.put(pod('b'));
    await expect.poll(watched.pods, patience).toEqual(['a', 'b']);
    expect(podWatches(watched.fake)[1]?.query.resourceVersion).toBe('1002');
    expect(podLists(watched.fake)).toHaveLength(1);
  });

  test.each([
    ['in the stream', {}],
    ['as the status', { status: true }],
  ])('410 %s: a new list, in which what is gone is gone', async (_, how) => {
    const watched = await started();
    watched.fake.fail({ kind: 'gone', resource: 'pods', verb: 'watch', times: 2, ...how });
    watched.fake.fail({ kind: 'cut', after: 0, resource: 'pods', verb: 'watch', times: 1 });
    watched.fake.put(pod('b'));
    watched.fake.remove(podRef('a'));
    await expect.poll(watched.pods, patience).toEqual(['b']);
    watched.fake.put(pod('c'));
    await expect.poll(watched.pods, patience).toEqual(['b', 'c']);
    expect(podLists(watched.fake).length).toBeGreaterThan(1);
  });

  test('410 of every watch does not become a storm of lists', async () => {
    const watched = await started();
    watched.fake.fail({ kind: 'gone', resource: 'pods', verb: 'watch' });
    await expect.poll(() => podLists(watched.fake).length, patience).toBeGreaterThan(2);
    const before = podLists(watched.fake).length;
    for (let time = 0; time < 20; time += 1) {
      watched.fake.put(pod(`p${time}`));
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    expect(podLists(watched.fake).length - before).toBeLessThan(10);
  });

  test('what was forgotten while the connection was cut is listed anew', async () => {
    const watched = await started();
    watched.fake.fail({ kind: 'server-error', resource: 'pods', verb: 'watch', times: 1 });
    watched.fake.fail({ kind: 'cut', after: 0, resource: 'pods', verb: 'watch', times: 1 });
    watched.fake.put(pod('b'));
    watched.fake.remove(podRef('a'));
    watched.fake.compact();
    await expect.poll(watched.pods, patience).toEqual(['b']);
  });

  test('a line that is no JSON, 429 and 500 of a watch are tried again', async () => {
    const watched = await started();
    watched.fake.fail({ kind: 'cut', after: 0, resource: 'pods', verb: 'watch', times: 1 });
    watched.fake.fail({ kind: 'malformed', resource: 'pods', verb: 'watch', times: 1 });
    watched.fake.fail({
      kind: 'too-many-requests',
      retryAfterSeconds: 1,
      resource: 'pods',
      verb: 'watch',
      times: 1,
    });
    watched.fake.fail({ kind: 'server-error', resource: 'pods', verb: 'watch', times: 1 });
    watched.fake.put(pod('b'));
    await expect.poll(watched.pods, patience).toEqual(['a', 'b']);
  });

  test('a watch that breaks off after each event loses and doubles nothing', async () => {
    const watched = await started();
    watched.fake.fail({ kind: 'cut', after: 1, resource: 'pods', verb: 'watch', times: 4 });
    for (const name of ['b', 'c', 'd', 'e', 'f']) watched.fake.put(pod(name));
    await expect.poll(watched.pods, patience).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(podLists(watched.fake)).toHaveLength(1);
    expect(watched.troubles).toEqual([]);
  });

  test('a server that goes away and comes back with another state is read anew', async () => {
    const watched = await started();
    await watched.fake.close();
    const port = Number(new URL(watched.fake.url).port);
    const second = await startFakeKubernetes({ objects: [pod('y'), pod('z')], token, port });
    second.remove(podRef('y'));
    second.compact();
    try {
      await expect.poll(watched.pods, patience).toEqual(['z']);
    } finally {
      watched.stop();
      await second.close();
    }
  });

  test('a server whose backup was put back is read anew, though nothing there is too old', async () => {
    const watched = await started();
    const backup = watched.fake.version();
    for (const name of ['b', 'c', 'd']) watched.fake.put(pod(name));
    await expect.poll(watched.pods, patience).toEqual(['a', 'b', 'c', 'd']);
    watched.fake.restore(backup);
    await expect.poll(watched.pods, patience).toEqual(['a']);
    watched.fake.put(pod('e'));
    await expect.poll(watched.pods, patience).toEqual(['a', 'e']);
  });

  test('a server started anew with other objects and lower versions is read anew', async () => {
    const watched = await started();
    for (const name of ['b', 'c']) watched.fake.put(pod(name));
    await expect.poll(watched.pods, patience).toEqual(['a', 'b', 'c']);
    await watched.fake.close();
    const port = Number(new URL(watched.fake.url).port);
    const second = await startFakeKubernetes({ objects: [pod('z')], token, port });
    try {
      await expect.poll(watched.pods, patience).toEqual(['z']);
    } finally {
      watched.stop();
      await second.close();
    }
  });

  test('other objects at the same version are found once nothing was heard for long', async () => {
    const watched = await started({ ...quick, silentMs: 300 });
    await watched.fake.close();
    const port = Number(new URL(watched.fake.url).port);
    const second = await startFakeKubernetes({ objects: [pod('z')], token, port });
    try {
      await expect.poll(watched.pods, patience).toEqual(['z']);
    } finally {
      watched.stop();
      await second.close();
    }
  });

  test('a list that was cut off and is as far as it was is not read anew', async () => {
    const watched = await started({ ...quick, againMs: 60_000 });
    for (const times of [1, 2, 3]) {
      watched.fake.fail({ kind: 'cut', after: 0, resource: 'pods', verb: 'watch', times: 1 });
      await expect.poll(() => podWatches(watched.fake).length, patience).toBe(times + 1);
    }
    expect(podLists(watched.fake)).toHaveLength(1);
  });

  test('a watch that is told that its version is not yet becomes a new list', async () => {
    const watched = await started();
    watched.fake.fail({ kind: 'future', resource: 'pods', verb: 'watch', times: 1 });
    watched.fake.fail({ kind: 'cut', after: 0, resource: 'pods', verb: 'watch', times: 1 });
    await expect.poll(() => podLists(watched.fake).length, patience).toBe(2);
    expect(watched.troubles).toEqual([]);
  });

  test('a kind that may no longer be read becomes unread, and says so', async () => {
    const watched = await started();
    watched.fake.fail({ kind: 'forbidden', resource: 'pods' });
    watched.fake.fail({ kind: 'cut', after: 0, resource: 'pods', verb: 'watch', times: 1 });
    await expect.poll(() => watched.last()?.issues.length, patience).toBeGreaterThan(0);
    expect(watched.last()?.issues[0]?.message).toContain('pods');
  });

  test('a kind that may not be watched is an issue until it may', async () => {
    const watched = await started();
    watched.fake.fail({ kind: 'forbidden', resource: 'pods', verb: 'watch' });
    watched.fake.fail({ kind: 'cut', after: 0, resource: 'pods', verb: 'watch', times: 1 });
    await expect.poll(() => watched.last()?.issues.length, patience).toBe(1);
    expect(watched.pods()).toEqual(['a']);
    expect(watched.last()?.issues[0]?.message).toContain('watched');
  });

  test('many changes at once come as few listings', async () => {
    const watched = await started();
    const before = watched.listings();
    for (let index = 0; index < 500; index += 1) watched.fake.put(pod(`p${index}`));
    await expect.poll(() => watched.pods().length, patience).toBe(501);
    expect(watched.listings() - before).toBeLessThan(100);
  });

  test('when nobody wants to know any more, no watch is left open', async () => {
    const watched = await started();
    watched.stop();
    await watched.ended;
    await expect.poll(() => watched.fake.openWatches(), patience).toBe(0);
  });

  test('a token that ran out is told without the token, and the last state is kept', async () => {
    const watched = await started();
    watched.fake.renewToken('another');
    watched.fake.fail({ kind: 'cut', after: 0, verb: 'watch' });
    watched.fake.calm();
    const told = () => String(watched.troubles);
    await expect.poll(told, patience).toContain('does not accept the credentials');
    expect(told()).not.toContain(token);
    expect(watched.pods()).toEqual(['a']);
    watched.fake.renewToken(token);
    watched.fake.put(pod('b'));
    await expect.poll(watched.pods, patience).toEqual(['a', 'b']);
    await expect.poll(() => watched.troubles.at(-1), patience).toBeUndefined();
  });

  test('what a reader of listings throws ends the watch', async () => {
    const fake = await startFakeKubernetes({ objects: [pod('a')], token });
    const cluster = await connectCluster({ kind: 'token', server: fake.url, token });
    const aborter = new AbortController();
    let listings = 0;
    const ended = watchCluster(cluster, {
      signal: aborter.signal,
      debounceMs: 20,
      onListing() {
        listings += 1;
        if (listings > 1) throw new Error('the reader failed');
      },
    });
    const outcome = expect(ended).rejects.toThrow('the reader failed');
    await expect.poll(() => podWatches(fake).length, patience).toBe(1);
    fake.put(pod('b'));
    await outcome;
    await expect.poll(() => fake.openWatches(), patience).toBe(0);
    await fake.close();
  });
});
