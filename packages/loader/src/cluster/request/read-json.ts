import type { Readable } from 'node:stream';
import { ApiFailure } from './api-failure';
import { type ApiAnswer, type ApiRequest, type Connection, sendRequest } from './send-request';

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The own field of an object of JSON; undefined when there is none. */
export const member = (value: unknown, name: string): unknown =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** The text that a field holds. */
export function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** Bytes of one answer, unpacked, that are read at most; see docs/limits.md. */
export const longestAnswer = 256 * 1024 * 1024;

/** Longest part of an answer that a message repeats. */
const quoted = 300;
/** Bytes of the body of a failure that are read at most. */
const longestStatus = 1024 * 1024;

/** The answer's text; fails when it is cut or longer than the limit. */
async function textOf(body: AsyncIterable<unknown>, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) continue;
      length += chunk.length;
      if (length > limit) break;
      chunks.push(chunk);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiFailure(`the connection ended in the middle of the answer: ${why}`, {
      kind: 'cut',
    });
  }
  if (length > limit) {
    throw new ApiFailure(`the answer is longer than ${limit} bytes`, { kind: 'too-long' });
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** An object of JSON; undefined for anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // a proxy's page, a body that was cut: whoever asked says so
    return undefined;
  }
}

/**
 * Whether a Status says that a version is not yet: by its cause, by the message before there was one (client-go
 * `tools/cache/reflector.go`, `isTooLargeResourceVersionError`).
 */
export function isOfFuture(status: JsonObject | undefined): boolean {
  const causes = member(member(status, 'details'), 'causes');
  const has = (cause: unknown) => textMember(cause, 'reason') === 'ResourceVersionTooLarge';
  if (Array.isArray(causes) && causes.some(has)) return true;
  return /\bToo large resource version\b/.test(textMember(status, 'message') ?? '');
}

/** The failure that an answer with a status other than 200 is, with what its body says. */
async function statusFailure(
  { status, retryAfterMs, body }: ApiAnswer,
  { hide }: Connection,
): Promise<ApiFailure> {
  const text = await textOf(body, longestStatus);
  const said = parseObject(text);
  const message = textMember(said, 'message') ?? text.trim().split('\n')[0] ?? '';
  return new ApiFailure(hide(message.slice(0, quoted) || `status ${status}`), {
    kind: 'status',
    status,
    isOfFuture: isOfFuture(said),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Sends a GET; an `ApiFailure` for every status but 200. */
export async function openAnswer(connection: Connection, asked: ApiRequest): Promise<Readable> {
  const answer = await sendRequest(connection, asked);
  if (answer.status === 200) return answer.body;
  throw await statusFailure(answer, connection);
}

/** The answer as JSON; an `ApiFailure` for every status but 200. */
export async function readJson(
  connection: Connection,
  asked: ApiRequest,
  limit = longestAnswer,
): Promise<JsonObject> {
  try {
    const value = parseObject(await textOf(await openAnswer(connection, asked), limit));
    if (value !== undefined) return value;
  } catch (error) {
    asked.signal?.throwIfAborted();
    throw error;
  }
  throw new ApiFailure('the answer is no JSON', { kind: 'malformed' });
}
