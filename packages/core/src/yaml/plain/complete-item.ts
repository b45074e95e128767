import { loadAll } from 'js-yaml';
import { kubernetesSchema } from '../kubernetes-schema';
import { type Cursor, code, endOfLine, type NotPlain, notPlain } from './cursor';

/** Where the item of a list that starts at `from` ends: at the next line that is indented no more than its dash. */
function endOfItem(text: string, from: number, column: number): number {
  let at = endOfLine(text, from) + 1;
  while (at < text.length) {
    const end = endOfLine(text, at);
    let content = at;
    while (content < end && text.charCodeAt(content) === code.space) content += 1;
    if (content < end && content - at <= column) return at;
    at = end + 1;
  }
  return text.length;
}

/** What may refer to something outside of the item. */
const reference = /[&*][^\s,[\]{}]/;

/** js-yaml's own limit, less the document and its list. */
const maxDepth = 100 - 2;

function readAlone(text: string): unknown | NotPlain {
  try {
    const [value, ...others] = loadAll(text, { schema: kubernetesSchema, json: true, maxDepth });
    return others.length === 0 && typeof value === 'object' && value !== null ? value : notPlain;
  } catch {
    // the complete reader says what is wrong, and in which line of the document
    return notPlain;
  }
}

/**
 * An item of a list of objects (`kubectl get -o yaml`) that is not plain is read by itself by the complete reader, so that
 * its neighbours need not be. `start` is its dash, which stands in `column`; goes behind the item.
 */
export function completeItem(cursor: Cursor, start: number, column: number): unknown | NotPlain {
  const { text } = cursor;
  const end = endOfItem(text, start, column);
  const body = text.slice(start + 1, end);
  if (reference.test(body)) return notPlain;
  cursor.at = end;
  return readAlone(`${' '.repeat(column + 1)}${body}`);
}
