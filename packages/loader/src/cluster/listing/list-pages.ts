import {
  ApiFailure,
  isJsonObject,
  type JsonObject,
  member,
  readJson,
  retry,
  textMember,
} from '../request';
import { type ListTarget, pathOf, queryOf } from './list-target';
import type { Reading } from './reading';

/** The objects of a list, and the version of the cluster's state that it shows. */
export interface ListedObjects {
  readonly items: readonly JsonObject[];
  readonly version: string;
}

/** A list on which nothing comes for so long is asked for again. */
const listIdleMs = 60_000;
/** So many times a list that ran out while it was read is begun anew in pages; then it is read whole. */
const anewInPages = 2;

interface Page {
  readonly items: readonly JsonObject[];
  readonly version: string;
  readonly next: string;
}

/** Items of a list name no kind of their own. */
function pageOf(answer: JsonObject, { kind }: ListTarget): Page {
  const items = member(answer, 'items');
  if (items !== null && !Array.isArray(items)) {
    throw new ApiFailure('the answer is no list', { kind: 'malformed' });
  }
  const { group, kind: name } = kind.kind;
  const apiVersion = group === '' ? kind.version : `${group}/${kind.version}`;
  const list: readonly unknown[] = items ?? [];
  const metadata = member(answer, 'metadata');
  return {
    items: list.filter(isJsonObject).map(item => ({ apiVersion, kind: name, ...item })),
    version: textMember(metadata, 'resourceVersion') ?? '',
    next: textMember(metadata, 'continue') ?? '',
  };
}

type Query = Readonly<Record<string, string>>;

/** One page, asked for once. */
async function askForPage(target: ListTarget, reading: Reading, query: Query): Promise<Page> {
  const answer = await readJson(reading.cluster.connection, {
    path: pathOf(target),
    query: { ...queryOf(target), ...query },
    signal: reading.signal,
    idleMs: listIdleMs,
    compressed: true,
  });
  return pageOf(answer, target);
}

const readPage = (target: ListTarget, reading: Reading, query: Query): Promise<Page> =>
  retry(() => askForPage(target, reading, query), reading.cluster.pace, reading.signal);

/**
 * The version that a server has of a list now. A list without a resourceVersion is never answered from an old state
 * (https://kubernetes.io/docs/reference/using-api/api-concepts, "Semantics for get and list"). Not tried again.
 */
export const presentVersion = async (target: ListTarget, reading: Reading): Promise<string> =>
  (await askForPage(target, reading, { limit: '1' })).version;

async function readPages(
  target: ListTarget,
  reading: Reading,
  pageSize: number | undefined,
): Promise<ListedObjects> {
  const items: JsonObject[] = [];
  const limit: Query = pageSize === undefined ? {} : { limit: String(pageSize) };
  let page = await readPage(target, reading, limit);
  const { version } = page;
  for (;;) {
    for (const item of page.items) items.push(item);
    reading.onObjects(target.kind.kind.kind, page.items.length);
    if (page.next === '') return { items, version };
    page = await readPage(target, reading, { ...limit, continue: page.next });
  }
}

const isGone = (error: unknown): boolean => error instanceof ApiFailure && error.status === 410;

/**
 * Reads all pages of a list. When the server forgets the state in which the list began (410), the list begins anew, and
 * after two such ends is read in one piece, as client-go's pager does (`tools/pager/pager.go`).
 */
export async function listPages(target: ListTarget, reading: Reading): Promise<ListedObjects> {
  for (let begun = 1; ; begun += 1) {
    let counted = 0;
    const counting: Reading = {
      ...reading,
      onObjects(kind, more) {
        counted += more;
        reading.onObjects(kind, more);
      },
    };
    try {
      return await readPages(target, counting, begun > anewInPages ? undefined : reading.pageSize);
    } catch (error) {
      if (!isGone(error) || begun > anewInPages) throw error;
      reading.onObjects(target.kind.kind.kind, -counted);
    }
  }
}
