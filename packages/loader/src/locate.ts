import type { SourceRef } from '@sidetrace/core';
import { isCollection, LineCounter, parseDocument } from 'yaml';
import { type ListItem, listItems } from './list-items';
import { splitDocuments, type YamlDocument } from './split-documents';

/** A place in a file, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the line of a field, `path` dotted as in `Origin.path`. Parses the one document again, this time with positions.
 * When the field itself is not there, the nearest field around it is named.
 */
export function locate(text: string, source: SourceRef, path: string): Position {
  const document = documentOf(text, source.document);
  if (document === undefined) return { line: source.line, column: 1 };
  const keys = [...(source.item?.split('.') ?? []), ...(path === '' ? [] : path.split('.'))];
  const item = keys[0] === 'items' ? itemOf(document, Number(keys[1])) : undefined;
  const lines = new LineCounter();
  const parsed = parseDocument(item?.text ?? document.text, {
    lineCounter: lines,
    uniqueKeys: false,
    version: '1.1',
  });
  const offset = offsetOf(parsed.contents, item === undefined ? keys : keys.slice(2));
  const { line, col } = lines.linePos(offset);
  const before = document.line + (item?.linesBefore ?? 0);
  return { line: before + Math.max(line, 1) - 1, column: Math.max(col, 1) };
}

const itemsOf = new WeakMap<YamlDocument, ReturnType<typeof listItems>>();

/** A List of a whole cluster is long: of its text only the item is parsed. */
function itemOf(document: YamlDocument, index: number): ListItem | undefined {
  const known = itemsOf.get(document) ?? listItems(document.text);
  itemsOf.set(document, known);
  return known(index);
}

/** Documents of the text that was asked about last: places are looked up in great number in one file. */
let last:
  | { readonly text: string; readonly documents: ReadonlyMap<number, YamlDocument> }
  | undefined;

function documentOf(text: string, index: number): YamlDocument | undefined {
  if (last?.text !== text) {
    const documents = splitDocuments(text).map(item => [item.document, item] as const);
    last = { text, documents: new Map(documents) };
  }
  return last.documents.get(index);
}

function startOf(node: unknown): number | undefined {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : undefined;
}

/** Walks down as far as the keys exist; keys of maps are preferred to their values as places. */
function offsetOf(root: unknown, keys: readonly string[]): number {
  let node: unknown = root;
  let offset = startOf(root) ?? 0;
  let index = 0;
  while (index < keys.length && isCollection(node)) {
    const found = step(node.items, keys, index);
    if (found === undefined) break;
    offset = found.offset ?? offset;
    node = found.value;
    index = found.next;
  }
  return offset;
}

interface Step {
  readonly offset: number | undefined;
  readonly value: unknown;
  readonly next: number;
}

const keyText = (key: unknown) =>
  typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : undefined;

/** Keys may contain dots themselves (labels), so the longest key that fits is taken. */
function step(items: readonly unknown[], keys: readonly string[], index: number): Step | undefined {
  for (let length = keys.length - index; length > 0; length -= 1) {
    const wanted = keys.slice(index, index + length).join('.');
    for (const item of items) {
      if (typeof item === 'object' && item !== null && 'key' in item && 'value' in item) {
        if (keyText(item.key) === wanted)
          return { offset: startOf(item.key), value: item.value, next: index + length };
      }
    }
  }
  const element = items[Number(keys[index])];
  return element === undefined ||
    (typeof element === 'object' && element !== null && 'key' in element)
    ? undefined
    : { offset: startOf(element), value: element, next: index + 1 };
}
