import { isJsonObject, type JsonObject, objectAt } from '../json-object';
import {
  type FakeKubernetes,
  type FakeKubernetesOptions,
  startFakeKubernetes,
} from '../start-fake-kubernetes';

/** An answer whose body is JSON. */
export interface JsonAnswer {
  readonly code: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

/** The lines of a watch. */
export interface WatchLines {
  readonly code: number;
  /** The next line as JSON; undefined when the answer ended in order. Rejects when it was cut. */
  next(): Promise<JsonObject | undefined>;
  /** Leaves. */
  leave(): void;
}

/** A server and a client of it that uses nothing but `fetch`. */
export interface FakeClient {
  readonly fake: FakeKubernetes;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<JsonAnswer>;
  text(
    path: string,
  ): Promise<{ readonly code: number; readonly text: string; readonly headers: Headers }>;
  watch(path: string): Promise<WatchLines>;
}

function parse(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new Error(`no JSON object: ${text}`);
  return value;
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return undefined;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

async function watchLines(url: string): Promise<WatchLines> {
  const aborter = new AbortController();
  const response = await fetch(url, { signal: aborter.signal });
  if (response.body === null) throw new Error('no body');
  const lines = linesOf(response.body);
  return {
    code: response.status,
    async next() {
      const { value } = await lines.next();
      return value === undefined ? undefined : parse(value);
    },
    leave: () => aborter.abort(),
  };
}

/** Starts a server and gives a client of it. */
export async function startWithClient(options: FakeKubernetesOptions): Promise<FakeClient> {
  const fake = await startFakeKubernetes(options);
  return {
    fake,
    async get(path, headers = {}) {
      const response = await fetch(fake.url + path, { headers });
      return {
        code: response.status,
        headers: response.headers,
        body: parse(await response.text()),
      };
    },
    async text(path) {
      const response = await fetch(fake.url + path);
      return { code: response.status, headers: response.headers, text: await response.text() };
    },
    watch: path => watchLines(fake.url + path),
  };
}

/** The names of the items of a list. */
export const namesOf = (list: JsonObject): readonly unknown[] =>
  Array.isArray(list.items)
    ? list.items.filter(isJsonObject).map(item => objectAt(item, 'metadata').name)
    : [];

/** `ADDED a`: what a line of a watch says. */
export const saidOf = (line: JsonObject | undefined): string => {
  if (line === undefined) return 'end';
  const metadata = objectAt(objectAt(line, 'object'), 'metadata');
  return `${line.type} ${metadata.name ?? metadata.resourceVersion ?? objectAt(line, 'object').message}`;
};
