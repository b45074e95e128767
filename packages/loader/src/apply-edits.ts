import type { Fix } from '@sidetrace/core';
import { parseDocument } from 'yaml';
import { splitDocuments, type YamlDocument } from './split-documents';

type Edit = Fix['edits'][number];

const numbered = (key: string) => (/^\d+$/.test(key) ? Number(key) : key);

/** Path in the document; an object out of a List stands below its item. */
function pathIn({ source, path }: Edit): readonly (string | number)[] {
  return [...(source.item?.split('.').map(numbered) ?? []), ...path];
}

/** Kinds of maps that YAML 1.1 would choose for what an edit adds. */
const orderedMaps = new Set(['omap', 'pairs', 'set'].map(name => `tag:yaml.org,2002:${name}`));

function editDocument(text: string, edits: readonly Edit[]): string {
  const document = parseDocument(text, {
    uniqueKeys: false,
    version: '1.1',
    keepSourceTokens: true,
    customTags: tags =>
      tags.filter(tag => !orderedMaps.has(typeof tag === 'string' ? tag : tag.tag)),
  });
  for (const edit of edits) {
    if (edit.op === 'remove') document.deleteIn(pathIn(edit));
    else document.setIn(pathIn(edit), edit.value);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/**
 * Applies edits to a YAML text with any number of documents. Comments, blank lines and quoting stay; documents that no
 * edit touches keep every character.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const documents = splitDocuments(text);
  const lines = text.split('\n');
  const changed = documents.filter(({ document }) =>
    edits.some(edit => edit.source.document === document),
  );
  let result = lines;
  for (const document of [...changed].reverse()) {
    const own = edits.filter(edit => edit.source.document === document.document);
    result = replaceLines(result, document, editDocument(document.text, own));
  }
  return result.join('\n');
}

function replaceLines(lines: readonly string[], document: YamlDocument, text: string): string[] {
  const first = document.line - 1;
  const count = document.text.split('\n').length - (document.text.endsWith('\n') ? 1 : 0);
  const fresh = text.replace(/\n$/, '').split('\n');
  return [...lines.slice(0, first), ...fresh, ...lines.slice(first + count)];
}
