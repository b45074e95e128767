/** What a route does to the headers of a request; lower-case names. */
export interface HeaderEdits {
  readonly set?: Readonly<Record<string, string>>;
  /** Appended to a value that is there. */
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

type Headers = Readonly<Record<string, string>>;

/** Headers after a route's edits: set and add in that order, then remove (`source/common/router/header_parser.cc`). */
export function editHeaders(headers: Headers, edits: HeaderEdits | undefined): Headers {
  if (edits === undefined) return headers;
  const edited = new Map(Object.entries(headers));
  for (const [name, value] of Object.entries(edits.set ?? {})) edited.set(name, value);
  for (const [name, value] of Object.entries(edits.add ?? {})) {
    const known = edited.get(name);
    edited.set(name, known === undefined ? value : `${known},${value}`);
  }
  for (const name of edits.remove ?? []) edited.delete(name);
  return Object.fromEntries(edited);
}
