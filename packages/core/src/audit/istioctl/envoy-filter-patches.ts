import type { Analyzer } from './analyzer';
import { isRecord } from './json';
import { type AnalysisMessage, type MessageCode, messageOn, type Reported } from './message';

type Json = Readonly<Record<string, unknown>>;

const record = (value: unknown): Json => (isRecord(value) ? value : {});
const text = (value: unknown) => (typeof value === 'string' ? value : '');

const unordered =
  'This EnvoyFilter does not have a priority and has a relative patch operation set which can cause the EnvoyFilter not to be applied. Using the INSERT_FIRST of ADD option or setting the priority may help in ensuring the EnvoyFilter is applied correctly.';
const unorderedInUpgrade =
  'This EnvoyFilter does not have a priority and has a relative patch operation (NSTERT_BEFORE/AFTER, REPLACE, MERGE, DELETE) and proxyVersion set which can cause the EnvoyFilter not to be applied during an upgrade. Using the INSERT_FIRST or ADD option or setting the priority may help in ensuring the EnvoyFilter is applied correctly.';

const routes = ['ROUTE_CONFIGURATION', 'HTTP_ROUTE'];
const filters = ['NETWORK_FILTER', 'HTTP_FILTER'];

/** Operations that some sorts of object do not take; Istio's wording. */
const ignored: ReadonlyMap<
  string,
  readonly [code: MessageCode, isIgnored: (on: string) => boolean]
> = new Map([
  ['REPLACE', ['IST0152', (on: string) => !filters.includes(on)] as const],
  ['ADD', ['IST0153', (on: string) => routes.includes(on)] as const],
  ['REMOVE', ['IST0154', (on: string) => routes.includes(on)] as const],
]);
const relative = new Set(['REMOVE', 'REPLACE', 'INSERT_BEFORE', 'INSERT_AFTER']);

function ignoredMessage(operation: string): string {
  return operation === 'REPLACE'
    ? 'The REPLACE operation is only valid for HTTP_FILTER and NETWORK_FILTER.'
    : `The ${operation} operation will be ignored when applyTo is set to ROUTE_CONFIGURATION, or HTTP_ROUTE.`;
}

/** What a patch is about: the name in its value, else the filter that it matches. A text apart from the other kind. */
function patchedName(patch: Json, match: Json): string {
  const value = patch.value;
  if (!isRecord(value) || Object.keys(value).length === 0) return '';
  if (value.name !== undefined) return `value ${JSON.stringify(value.name)}`;
  const chain = record(record(match.listener).filterChain);
  return text(record(chain.filter).name);
}

/** Looks at the patches of one filter; `versioned` are the names that patches for some proxy versions had so far. */
function* checkPatches(
  resource: Reported,
  spec: Json,
  versioned: Set<string>,
): Iterable<AnalysisMessage> {
  const priority = typeof spec.priority === 'number' ? spec.priority : 0;
  const patches = Array.isArray(spec.configPatches) ? spec.configPatches.map(record) : [];
  for (const [index, item] of patches.entries()) {
    if (!isRecord(item.patch)) return;
    const { patch } = item;
    const match = record(item.match);
    const operation = text(patch.operation);
    const name = patchedName(patch, match);
    const path = `spec.configPatches.${index}`;
    const [code, isIgnored] = ignored.get(operation) ?? [];
    if (code !== undefined && isIgnored?.(text(item.applyTo)) === true) {
      yield messageOn(code, resource, ignoredMessage(operation), path);
    } else if (relative.has(operation) && priority === 0) {
      yield versioned.has(name)
        ? messageOn('IST0155', resource, unorderedInUpgrade, path)
        : messageOn('IST0151', resource, unordered, path);
    }
    if (text(record(match.proxy).proxyVersion) !== '') versioned.add(name);
  }
}

/** Patches that have no effect, or an unsure one. Source: `envoyfilter/envoyfilter.go`; filters in the order of the input. */
export const envoyFilterPatches: Analyzer = {
  name: 'envoyfilter.EnvoyPatchAnalyzer',
  codes: ['IST0151', 'IST0152', 'IST0153', 'IST0154', 'IST0155'],
  *analyze({ resources }) {
    const versioned = new Set<string>();
    for (const filter of resources.other) {
      if (filter.kind !== 'EnvoyFilter') continue;
      yield* checkPatches(filter, record(record(filter.spec).spec), versioned);
    }
  },
};
