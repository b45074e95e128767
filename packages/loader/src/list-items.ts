/** An item of a List: its text, and how many lines of the document stand before it. */
export interface ListItem {
  readonly text: string;
  readonly linesBefore: number;
}

/** The line that opens the items: in block style at the left margin, in JSON with a bracket. */
const opener = /^(?:items:|[ \t]*"items":[ \t]*\[)[ \t]*\r?\n/m;

interface Start {
  readonly offset: number;
  readonly linesBefore: number;
}

const countLines = (text: string) => text.split('\n').length - 1;

/** Says for a line what it is by its column: the start of an item, a part of one, or behind all of them. */
function kindOf(column: number, marker: string, line: string): 'start' | 'part' | 'end' {
  const own = line.search(/[^ \t\r]/);
  if (own < 0 || own > column || line[own] === '#') return 'part';
  if (own < column) return 'end';
  if (line[own] === marker) return 'start';
  return marker === '-' ? 'end' : 'part';
}

/** Where each item starts and, last, where they end; empty when they are not written line by line. */
function startsOf(text: string): readonly Start[] {
  const opening = opener.exec(text);
  if (opening === null) return [];
  let offset = opening.index + opening[0].length;
  let linesBefore = countLines(text.slice(0, offset));
  const first = /^([ \t]*)([-{])/m.exec(text.slice(offset, offset + 1000));
  const [, indent = '', marker = ''] = first ?? [];
  const starts: Start[] = [];
  while (marker !== '' && offset < text.length) {
    const found = text.indexOf('\n', offset);
    const next = found < 0 ? text.length : found + 1;
    const kind = kindOf(indent.length, marker, text.slice(offset, next));
    if (kind === 'start') starts.push({ offset, linesBefore });
    if (kind === 'end') break;
    offset = next;
    linesBefore += 1;
  }
  return [...starts, { offset, linesBefore }];
}

/** The items of a List as they are written, so that one can be parsed without the others. */
export function listItems(text: string): (index: number) => ListItem | undefined {
  const starts = startsOf(text);
  return index => {
    const start = starts[index];
    const end = starts[index + 1];
    if (start === undefined || end === undefined) return undefined;
    const body = text.slice(start.offset, end.offset);
    const { linesBefore } = start;
    return { text: body.replace(/^([ \t]*)-/, '$1 ').replace(/,\s*$/, ''), linesBefore };
  };
}
