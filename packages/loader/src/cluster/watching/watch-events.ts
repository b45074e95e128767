import { StringDecoder } from 'node:string_decoder';
import { type ListTarget, pathOf, queryOf, type Reading } from '../listing';
import {
  ApiFailure,
  isJsonObject,
  isOfFuture,
  type JsonObject,
  longestAnswer,
  member,
  openAnswer,
  parseObject,
  textMember,
} from '../request';

/** A change that a watch tells of. */
export type WatchEvent =
  | { readonly kind: 'put' | 'remove'; readonly object: JsonObject; readonly version: string }
  /** Nothing changed up to this version. */
  | { readonly kind: 'bookmark'; readonly version: string };

/** The server ends a watch after so long; the reader then resumes. */
const watchSeconds = 300;
/** A watch on which not even a bookmark comes, which is sent about each minute, is given up. */
const watchIdleMs = 330_000;

async function* linesOf(body: AsyncIterable<unknown>): AsyncGenerator<string, void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestAnswer) throw new Error('a line is too long');
    yield* lines.filter(line => line !== '');
  }
}

function errorOf(status: JsonObject): ApiFailure {
  const code = member(status, 'code');
  const message = textMember(status, 'message') ?? 'the watch failed';
  return new ApiFailure(message, {
    kind: 'status',
    status: typeof code === 'number' ? code : 500,
    isOfFuture: isOfFuture(status),
  });
}

function eventOf(line: string, { kind, namespace }: ListTarget): WatchEvent {
  const parsed = parseObject(line);
  const object = member(parsed, 'object');
  if (!isJsonObject(object)) {
    throw new ApiFailure('the watch sent something else than JSON', { kind: 'malformed' });
  }
  const version = textMember(member(object, 'metadata'), 'resourceVersion') ?? '';
  switch (textMember(parsed, 'type')) {
    case 'ADDED':
    case 'MODIFIED':
      return { kind: 'put', object, version };
    case 'DELETED':
      return { kind: 'remove', object, version };
    case 'BOOKMARK':
      return { kind: 'bookmark', version };
    case 'ERROR':
      throw errorOf(object);
    default: {
      const place = namespace === undefined ? '' : ` of ${namespace}`;
      const message = `the watch of ${kind.kind.plural}${place} sent an event of an unknown type`;
      throw new ApiFailure(message, { kind: 'malformed' });
    }
  }
}

/** The changes of a stream, until the server ends it. */
async function* eventsOf(
  body: AsyncIterable<unknown>,
  target: ListTarget,
  { cluster, signal }: Reading,
): AsyncGenerator<WatchEvent, void> {
  try {
    for await (const line of linesOf(body)) yield eventOf(line, target);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ApiFailure) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiFailure(`the watch was cut: ${cluster.connection.hide(why)}`, { kind: 'cut' });
  }
}

/**
 * Opens a watch of the changes of a list from a version on. Throws an `ApiFailure` when it does not open, when the
 * connection is cut, or when the server says so in the stream, such as 410 for a version that is too old.
 */
export async function openWatch(
  target: ListTarget,
  version: string,
  reading: Reading,
): Promise<AsyncGenerator<WatchEvent, void>> {
  const body = await openAnswer(reading.cluster.connection, {
    path: pathOf(target),
    query: {
      ...queryOf(target),
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: version,
      timeoutSeconds: String(watchSeconds),
    },
    signal: reading.signal,
    idleMs: Math.min(watchIdleMs, reading.cluster.pace.silentMs),
    compressed: false,
  });
  return eventsOf(body, target, reading);
}
