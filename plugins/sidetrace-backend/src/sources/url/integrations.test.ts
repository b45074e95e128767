import { gzipSync } from 'node:zlib';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { unpackSnapshot } from '../../store/snapshot-digest';
import { tarOf } from '../../testing/tar-of';
import type { SourceAnswer } from '../source';
import { sourceSchema } from '../source-config';
import { packFetched } from './pack-fetched';
import { UrlSource } from './url-source';

const token = 'TOKEN-THAT-NOBODY-MAY-SEE';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** Backstage's own readers, as the backend has them. */
const reader = UrlReaders.default({
  logger: mockServices.rootLogger(),
  config: new ConfigReader({
    integrations: {
      github: [{ host: 'github.com', token }],
      gitlab: [{ host: 'gitlab.example', token, apiBaseUrl: 'https://gitlab.example/api/v4' }],
    },
    backend: { reading: { allow: [{ host: 'files.example' }] } },
  }),
});

function sourceOf(url: string, more: object = {}): UrlSource {
  const config = sourceSchema.parse({ type: 'url', id: 'git', url, ...more });
  if (config.type !== 'url') throw new Error('not a url source');
  return new UrlSource(config, reader, packFetched);
}

const { signal } = new AbortController();
async function seen(answer: SourceAnswer) {
  if (answer.kind !== 'meshes') throw new Error('nothing was read');
  const [reading] = answer.readings;
  if (reading === undefined || !('packed' in reading)) throw new Error('nothing is packed');
  const { resources, issues } = await unpackSnapshot(reading.packed.bytes);
  return {
    files: resources.map(({ source }) => source.file),
    codes: issues.map(({ code }) => code),
    revision: answer.revision,
  };
}
const failure = (source: UrlSource) =>
  source.read({ signal }).then(
    () => 'it was read',
    ({ message }: Error) => message,
  );

const service = 'kind: Service\napiVersion: v1\nmetadata: { name: web }\n';
const tree = {
  'mesh-abc/README.md': '# mesh',
  'mesh-abc/prod/a.yaml': service,
  'mesh-abc/prod/deep/b.yml': service,
  'mesh-abc/prod/../../../out.yaml': service,
  'mesh-abc/prod/bad.yaml': 'kind: [',
  'mesh-abc/staging/c.yaml': service,
};
const archive = gzipSync(tarOf(tree));
const bytes = (body: Uint8Array) => HttpResponse.arrayBuffer(new Uint8Array(body).buffer);

describe('a tree on GitHub', () => {
  const url = 'https://github.com/example/mesh/tree/main/prod';
  const api = 'https://api.github.com/repos/example/mesh';
  const repository = { archive_url: `${api}/{archive_format}{/ref}` };
  function serve(sha: string, body: Uint8Array) {
    const asked: string[] = [];
    server.use(
      http.get(`${api}/commits/main/status`, ({ request }) => {
        asked.push(request.headers.get('authorization') ?? '');
        return HttpResponse.json({ sha, repository });
      }),
      http.get(`${api}/tarball/:sha`, ({ params }) => {
        asked.push(`tarball ${params.sha}`);
        return bytes(body);
      }),
    );
    return asked;
  }

  test('is read with the integration, and not again while the commit is the same', async () => {
    const asked = serve('one', archive);
    const first = await seen(await sourceOf(url).read({ signal }));
    expect(first.files).toEqual(['a.yaml', 'deep/b.yml']);
    expect(first.codes).toEqual(['file-name-refused', 'not-yaml']);
    expect(asked).toEqual([expect.stringContaining(token), 'tarball one']);
    const revision = first.revision ?? '';
    expect(await sourceOf(url).read({ signal, revision })).toEqual({ kind: 'unchanged' });
    expect(asked).toHaveLength(3);
    serve('two', gzipSync(tarOf({ 'mesh-abc/prod/a.yaml': service })));
    const second = await seen(await sourceOf(url).read({ signal, revision }));
    expect(second.files).toEqual(['a.yaml']);
  });

  test('whose archive is cut off is not read in part', async () => {
    serve('one', archive.subarray(0, 120));
    expect(await failure(sourceOf(url))).toContain(`\`${url}\` cannot be read`);
  });

  test.each([
    [404, 'check `url`, and whether the integration may read it'],
    [401, '401 Unauthorized'],
    [429, '429 Too Many Requests'],
    [503, '503 Service Unavailable'],
  ])('that answers %i says what to do, without the token', async (status, words) => {
    server.use(http.get(`${api}/commits/main/status`, () => new HttpResponse(null, { status })));
    const message = await failure(sourceOf(url));
    expect(message).toContain(words);
    expect(message).not.toContain(token);
  });
});

test('a tree on GitLab is read in the same way', async () => {
  const api = 'https://gitlab.example/api/v4/projects/team%2Fmesh';
  server.use(
    http.get(api, () => HttpResponse.json({ default_branch: 'main' })),
    http.get(`${api}/repository/commits`, () => HttpResponse.json([{ id: 'one' }])),
    http.get(`${api}/repository/archive`, () => bytes(archive)),
  );
  const source = sourceOf('https://gitlab.example/team/mesh/-/tree/main/prod');
  const { files, revision = '' } = await seen(await source.read({ signal }));
  expect(files).toEqual(['a.yaml', 'deep/b.yml']);
  expect(await source.read({ signal, revision })).toEqual({ kind: 'unchanged' });
});

describe('a host that is only allowed', () => {
  const url = 'https://files.example/mesh.tar.gz';

  test('gives archives and files, by their etag', async () => {
    const etag = '"one"';
    server.use(
      http.get(url, ({ request }) =>
        request.headers.get('if-none-match') === etag
          ? new HttpResponse(null, { status: 304 })
          : new HttpResponse(new Uint8Array(archive).buffer, { headers: { etag } }),
      ),
    );
    const source = sourceOf(url, { files: ['mesh-abc/staging'] });
    const { files, revision = '' } = await seen(await source.read({ signal }));
    expect(files).toEqual(['mesh-abc/staging/c.yaml']);
    expect(await source.read({ signal, revision })).toEqual({ kind: 'unchanged' });
  });

  test('may not send the reader to a host that is not', async () => {
    server.use(
      http.get(url, () => HttpResponse.redirect('http://169.254.169.254/mesh.tar.gz', 302)),
    );
    expect(await failure(sourceOf(url))).toContain('not allowed');
    expect(await failure(sourceOf('https://other.example/mesh.yaml'))).toContain('not allowed');
  });
});
