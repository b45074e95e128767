import { isJsonObject, type JsonObject } from '../json-object';

/** Where a list goes on. */
export interface ContinueToken {
  /** The version that the list is of; `-1` for whatever is current, after an expired token. */
  readonly version: number;
  /** The key of the last object that was given. */
  readonly after: string;
}

/** A token as apiserver's `storage.EncodeContinue` writes it. */
export const encodeContinue = ({ version, after }: ContinueToken): string =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start: `${after}\0` })).toString(
    'base64url',
  );

function parseJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // the caller says that the token is not valid
  }
}

/** Reads a token; undefined when it is none. */
export function decodeContinue(text: string): ContinueToken | undefined {
  const { v, rv, start } = parseJson(Buffer.from(text, 'base64url').toString()) ?? {};
  if (v !== 'meta.k8s.io/v1' || typeof rv !== 'number' || typeof start !== 'string') {
    return undefined;
  }
  return { version: rv, after: start.replace(/\0$/, '') };
}
