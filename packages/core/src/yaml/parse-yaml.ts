import { loadAll, YAMLException } from 'js-yaml';
import { objectionToAliases } from './alias-limit';
import { kubernetesSchema } from './kubernetes-schema';
import { notPlain } from './plain/cursor';
import { plainDocument } from './plain/plain-document';

/** A value, or what is wrong with the text and on which line of it (from 1). */
export type YamlResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly line: number };

/** Text that may define an anchor. */
const anchor = /&[^\s,[\]{}]/;

/**
 * Reads the first YAML document as kubectl does; a text without one is `undefined`. A duplicate key is no error: the
 * last one counts. Aliases that blow a document up, or contain themselves, are refused.
 */
export function parseYaml(text: string): YamlResult {
  const value = plainDocument(text);
  return value === notPlain ? parseCompletely(text) : { ok: true, value };
}

function parseCompletely(text: string): YamlResult {
  if (text.trim() === '') return { ok: true, value: undefined };
  try {
    const [value] = loadAll(text, { schema: kubernetesSchema, json: true });
    const objection = anchor.test(text) ? objectionToAliases(value) : undefined;
    return objection === undefined
      ? { ok: true, value }
      : { ok: false, message: objection, line: 1 };
  } catch (error) {
    if (error instanceof YAMLException) {
      return { ok: false, message: error.reason, line: (error.mark?.line ?? 0) + 1 };
    }
    return { ok: false, message: error instanceof Error ? error.message : String(error), line: 1 };
  }
}
