import type { JsonObject } from '../json-object';
import { badRequest, jsonReply, type Reply } from '../reply';
import { apiVersionOf } from '../resources';
import { type Selection, selectionOf } from '../selectors';
import type { Entry } from '../store';
import type { CollectionRequest } from './collection-request';
import { encodeContinue } from './continue-token';
import { type ListPlan, planOf } from './list-plan';
import { presentedItem } from './presented-object';

function* entriesWithin(request: CollectionRequest, plan: ListPlan): Iterable<Entry> {
  const { store, resource, namespace } = request;
  if (namespace === undefined) {
    yield* store.entries(resource, plan.version, plan.after);
    return;
  }
  const prefix = `${namespace}/`;
  for (const entry of store.entries(resource, plan.version, plan.after ?? prefix)) {
    if (!entry.key.startsWith(prefix)) return;
    yield entry;
  }
}

interface Page {
  readonly entries: readonly Entry[];
  readonly remaining: number;
}

function pageOf(
  entries: Iterable<Entry>,
  selection: Selection & { kind: 'chosen' },
  limit = Infinity,
): Page {
  const page: Entry[] = [];
  let remaining = 0;
  for (const entry of entries) {
    if (!selection.test(entry.object)) continue;
    if (page.length < limit) page.push(entry);
    else remaining += 1;
  }
  return { entries: page, remaining };
}

function listBody(
  { resource, version }: CollectionRequest,
  page: Page,
  plan: ListPlan,
  counted: boolean,
): JsonObject {
  const last = page.entries.at(-1);
  const more =
    page.remaining > 0 && last !== undefined
      ? {
          continue: encodeContinue({ version: plan.version, after: last.key }),
          // unknown where a selector filters
          ...(counted ? { remainingItemCount: page.remaining } : {}),
        }
      : {};
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource.group, version),
    metadata: { resourceVersion: String(plan.version), ...more },
    items: page.entries.map(({ object }) => presentedItem(object, resource, version)),
  };
}

/** Answers a list. */
export function list(request: CollectionRequest): Reply {
  const { resource, store, query } = request;
  const selection = selectionOf(query, resource.kind);
  if (selection.kind === 'refused') return badRequest(selection.message);
  const plan = planOf(query, store);
  if (plan.kind === 'refused') return plan.reply;
  const page = pageOf(entriesWithin(request, plan), selection, plan.limit);
  return jsonReply(listBody(request, page, plan, selection.all));
}
