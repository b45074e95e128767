import { type FakeKubernetes, type JsonObject, startFakeKubernetes } from 'fake-kubernetes';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClusterListing, ListOptions } from '../cluster-listing';
import { connectCluster } from '../connecting';
import { listCluster } from '.';

const token = 'a-token-that-nobody-may-see';
const running: FakeKubernetes[] = [];
afterEach(() => Promise.all(running.splice(0).map(fake => fake.close())));

const object = (apiVersion: string, kind: string, name: string, namespace = 'shop') => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
});
const pods = (count: number, namespace = 'shop') =>
  Array.from({ length: count }, (_, index) => object('v1', 'Pod', `pod-${index}`, namespace));
const entries = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    object('networking.istio.io/v1', 'ServiceEntry', `entry-${index}`),
  );

async function start(objects: readonly JsonObject[]): Promise<FakeKubernetes> {
  const fake = await startFakeKubernetes({ objects, token });
  running.push(fake);
  return fake;
}

async function listed(fake: FakeKubernetes, options: ListOptions = {}): Promise<ClusterListing> {
  const cluster = await connectCluster({ kind: 'token', server: fake.url, token });
  return listCluster(cluster, options);
}

/** `Pod/pod-1`, sorted. */
function namesOf({ resources }: ClusterListing): readonly string[] {
  return resources
    .map(({ value }) => JSON.parse(JSON.stringify(value)))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    .sort();
}
const requestsOf = (fake: FakeKubernetes, plural: string) =>
  fake.requests.filter(({ resource }) => resource === plural);

describe('lists of a cluster that fails', () => {
  test('thousands of objects over many pages arrive, each once', async () => {
    const fake = await start([...pods(3000), ...entries(1200)]);
    const listing = await listed(fake, { pageSize: 100 });
    expect(new Set(namesOf(listing)).size).toBe(4200);
    expect(listing.resources).toHaveLength(4200);
    expect(listing.issues).toEqual([]);
    expect(requestsOf(fake, 'pods')).toHaveLength(30);
    expect(requestsOf(fake, 'pods').every(({ query }) => query.limit === '100')).toBe(true);
  });

  test('410 in the middle of the pages: the list starts anew and nothing is doubled', async () => {
    const fake = await start(pods(30));
    fake.fail({ kind: 'gone', resource: 'pods', times: 2 });
    const listing = await listed(fake, { pageSize: 7 });
    expect(listing.resources).toHaveLength(30);
    expect(listing.issues).toEqual([]);
    const first = requestsOf(fake, 'pods').filter(({ query }) => query.continue === undefined);
    expect(first).toHaveLength(3);
  });

  test('410 each time: the list ends all the same, whole or as an issue', async () => {
    const fake = await start([...pods(30), ...entries(3)]);
    fake.fail({ kind: 'gone', resource: 'pods' });
    const listing = await listed(fake, { pageSize: 7 });
    const podsListed = namesOf(listing).filter(name => name.startsWith('Pod/')).length;
    if (podsListed < 30) {
      expect(listing.issues).not.toEqual([]);
      expect(listing.unreadKinds).toContain('Pod');
    }
    expect(namesOf(listing)).toContain('ServiceEntry/entry-2');
  });

  test('429 with Retry-After: asked again, not before its time', async () => {
    const fake = await start(pods(3));
    fake.fail({ kind: 'too-many-requests', retryAfterSeconds: 1, resource: 'pods', times: 2 });
    const began = Date.now();
    const listing = await listed(fake);
    expect(listing.resources).toHaveLength(3);
    expect(listing.issues).toEqual([]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1950);
    expect(requestsOf(fake, 'pods')).toHaveLength(3);
  });

  test('500, a cut list: asked again', async () => {
    const fake = await start(pods(30));
    fake.fail({ kind: 'server-error', resource: 'pods', times: 1 });
    fake.fail({ kind: 'cut', after: 100, resource: 'pods', times: 1 });
    const listing = await listed(fake, { pageSize: 10 });
    expect(listing.resources).toHaveLength(30);
    expect(listing.issues).toEqual([]);
  });

  test('a page that is no JSON: that kind is unread, and nothing of its half is given', async () => {
    const fake = await start([...pods(30), ...entries(2)]);
    fake.fail({ kind: 'malformed', resource: 'pods' });
    const listing = await listed(fake, { pageSize: 10 });
    expect(namesOf(listing)).toEqual(['ServiceEntry/entry-0', 'ServiceEntry/entry-1']);
    expect(listing.unreadKinds).toEqual(['Pod']);
    expect(listing.issues[0]?.message).toContain('pods');
  });

  test('a time to wait that nobody has is not waited for', async () => {
    const fake = await start([...pods(3), ...entries(2)]);
    fake.fail({ kind: 'too-many-requests', retryAfterSeconds: 86_400, resource: 'pods' });
    const listing = await listed(fake);
    expect(listing.unreadKinds).toEqual(['Pod']);
    expect(listing.issues[0]?.message).toContain('Too many requests');
    expect(requestsOf(fake, 'pods')).toHaveLength(1);
  });

  test('a token that runs out between two pages ends the list by saying so', async () => {
    const fake = await start(pods(30));
    const failure = await listed(fake, {
      pageSize: 10,
      onProgress: () => fake.renewToken('another'),
    }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ClusterError', code: 'unauthorized' });
  });

  test('a long compressed list that is cut is asked for again', async () => {
    const fake = await start(pods(2000));
    fake.fail({ kind: 'cut', after: 3000, resource: 'pods', times: 1 });
    const listing = await listed(fake, { pageSize: 2000 });
    expect(listing.resources).toHaveLength(2000);
  });

  test('a slow list is waited for', async () => {
    const fake = await start(pods(3));
    fake.fail({ kind: 'slow', milliseconds: 1500, resource: 'pods', times: 1 });
    expect((await listed(fake)).resources).toHaveLength(3);
  });

  test('a slow list is left when nobody waits any more', async () => {
    const fake = await start(pods(3));
    fake.fail({ kind: 'slow', milliseconds: 60_000, resource: 'pods' });
    const aborter = new AbortController();
    const pending = listed(fake, { signal: aborter.signal });
    await expect.poll(() => requestsOf(fake, 'pods').length, { timeout: 30_000 }).toBe(1);
    aborter.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
  });

  test('a kind that may not be listed is unread and an issue; the others are read', async () => {
    const fake = await start([...pods(3), ...entries(2)]);
    fake.fail({ kind: 'forbidden', resource: 'serviceentries' });
    const listing = await listed(fake);
    expect(namesOf(listing)).toEqual(['Pod/pod-0', 'Pod/pod-1', 'Pod/pod-2']);
    expect(listing.unreadKinds).toEqual(['ServiceEntry']);
    expect(listing.issues).toHaveLength(1);
    expect(listing.issues[0]?.message).toContain('serviceentries');
    expect(requestsOf(fake, 'serviceentries')).toHaveLength(1);
  });

  test('namespaces that may be listed one by one are read where the whole may not', async () => {
    const fake = await start([...pods(2), ...pods(2, 'bank')]);
    fake.fail({ kind: 'forbidden', resource: 'pods', within: 'cluster' });
    const listing = await listed(fake, { namespaces: ['shop'] });
    expect(listing.resources).toHaveLength(2);
    expect(listing.unreadKinds).not.toContain('Pod');
  });

  test('a kind that is not installed is neither unread nor an issue', async () => {
    const fake = await start(pods(1));
    const listing = await listed(fake);
    expect(listing.unreadKinds).toEqual([]);
    expect(listing.issues).toEqual([]);
    expect(requestsOf(fake, 'serviceentries')).toEqual([]);
  });

  test('a token that ran out ends the list by saying so, without the token', async () => {
    const fake = await start(pods(3));
    fake.renewToken('another');
    const failure = await listed(fake).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ClusterError', code: 'unauthorized' });
    expect(String(failure)).not.toContain(token);
  });

  test('a server that is never there is an error that names it', async () => {
    const fake = await startFakeKubernetes({ objects: [] });
    await fake.close();
    const failure = await listed(fake).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ClusterError', code: 'unreachable' });
    expect(String(failure)).toContain(fake.url);
  });

  test('a server that is away at first is waited for', async () => {
    const first = await startFakeKubernetes({ objects: [] });
    await first.close();
    const pending = listed(first);
    pending.catch(() => undefined); // awaited below
    const port = Number(new URL(first.url).port);
    running.push(await startFakeKubernetes({ objects: pods(3), token, port }));
    expect((await pending).resources).toHaveLength(3);
  });

  test('objects that appear between two pages belong to a later list', async () => {
    const fake = await start(pods(30));
    let changed = false;
    const listing = await listed(fake, {
      pageSize: 10,
      onProgress(kind) {
        if (kind !== 'Pod' || changed) return;
        changed = true;
        fake.put(object('v1', 'Pod', 'zzz'));
      },
    });
    expect(namesOf(listing)).not.toContain('Pod/zzz');
    expect(listing.versions.get('Pod')).toBe('1030');
  });
});
