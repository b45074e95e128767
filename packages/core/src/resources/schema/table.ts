import type { FieldEntry, FieldType, MessageTable, PlainType } from './field-type';

/** Proto names that do not follow from the JSON name. */
const irregular: ReadonlyMap<string, string> = new Map([
  ['consecutive5xxErrors', 'consecutive_5xx_errors'],
  ['meshMTLS', 'mesh_mTLS'],
]);

const snakeCase = (name: string) =>
  irregular.get(name) ?? name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

interface Marks {
  required: boolean;
  since: number;
  crdSince: number;
  hidden: boolean;
  group: string | undefined;
}

/** Takes the marks off a field. */
function unwrap(type: FieldType, marks: Marks): PlainType {
  if (type.kind === 'marked') {
    marks.required ||= type.required ?? false;
    marks.since = type.since ?? marks.since;
    marks.crdSince = type.crdSince ?? type.since ?? marks.crdSince;
    marks.hidden ||= type.hidden ?? false;
    return unwrap(type.inner, marks);
  }
  if (type.kind === 'choice') {
    marks.group = type.group;
    return unwrap(type.inner, marks);
  }
  return type;
}

/** The type of an element, without marks. */
export function unwrapType(type: FieldType): PlainType {
  return type.kind === 'marked' || type.kind === 'choice' ? unwrapType(type.inner) : type;
}

function entryOf(name: string, type: FieldType, order: number): FieldEntry {
  const marks: Marks = { required: false, since: 0, crdSince: 0, hidden: false, group: undefined };
  const plain = unwrap(type, marks);
  return { name, type: plain, ...marks, order };
}

/** The value of a field that is not given. */
function zeroOf(type: PlainType): unknown {
  switch (type.kind) {
    case 'text':
    case 'bytes':
      return '';
    case 'integer':
    case 'double':
      return 0;
    case 'bool':
      return false;
    case 'words':
      return type.numbers.get(0) ?? 0;
    case 'list':
      return [];
    case 'duration':
    case 'struct':
    case 'nullable':
    case 'map':
    case 'message':
      return undefined;
  }
}

/** Indexes the fields of a message once, when its table is made. */
export function tableOf(fields: Readonly<Record<string, FieldType>>): MessageTable {
  const entries = Object.entries(fields).map(([name, type], order) => entryOf(name, type, order));
  const byName = new Map<string, FieldEntry>();
  const groups = new Map<string, FieldEntry[]>();
  for (const entry of entries) {
    byName.set(snakeCase(entry.name), entry);
    if (entry.group === undefined) continue;
    const members = groups.get(entry.group) ?? [];
    members.push(entry);
    groups.set(entry.group, members);
  }
  for (const entry of entries) byName.set(entry.name, entry);
  const zero = entries.map(
    entry => [entry.name, entry.group === undefined ? zeroOf(entry.type) : undefined] as const,
  );
  return {
    entries,
    byName,
    byExactName: new Map(entries.map(entry => [entry.name, entry])),
    required: entries.filter(entry => entry.required),
    groups: [...groups.values()],
    zero: Object.fromEntries(zero),
  };
}
