import { isDeepStrictEqual } from 'node:util';
import { informationalFields } from './informational-fields';
import type { JsonObject } from './suite';

/** A field whose value is not the recorded one; `path` is dotted, list positions left out. */
export interface Difference {
  readonly path: string;
  readonly want: unknown;
  readonly got: unknown;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** `null`, `undefined` and a missing key mean the same in a record. */
const isAbsent = (value: unknown) => value === undefined || value === null;

function differences(want: unknown, got: unknown, skip: ReadonlySet<string>): Difference[] {
  const below = (wanted: unknown, given: unknown, path: string): Difference[] => {
    if (skip.has(path)) return [];
    if (isObject(wanted)) {
      if (!isObject(given)) return [{ path, want: wanted, got: given }];
      return Object.entries(wanted).flatMap(([key, value]) =>
        below(
          value,
          Object.hasOwn(given, key) ? given[key] : undefined,
          path === '' ? key : `${path}.${key}`,
        ),
      );
    }
    if (Array.isArray(wanted) && wanted.some(isObject)) {
      if (!Array.isArray(given) || given.length !== wanted.length)
        return [{ path, want: wanted, got: given }];
      return wanted.flatMap((value, index) => below(value, given[index], path));
    }
    if (isAbsent(wanted) && isAbsent(given)) return [];
    return isDeepStrictEqual(wanted, given) ? [] : [{ path, want: wanted, got: given }];
  };
  return below(want, got, '');
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const cluster = (answer: JsonObject) => (isObject(answer.cluster) ? answer.cluster : {});

/** `code resource` of each message of `istioctl analyze`, once. */
function messageKeys(messages: unknown): ReadonlySet<string> {
  return new Set(
    list(messages)
      .filter(isObject)
      .map(message => `${message.code} ${message.resource}`),
  );
}

/** Messages are a set, and those that the recording shows only sometimes may be there or not. */
function compareAnalyzers(want: JsonObject, got: JsonObject): Difference[] {
  const sometimes = messageKeys(cluster(want).sometimes);
  const required = (answer: JsonObject) =>
    [...messageKeys(cluster(answer).findings)].filter(key => !sometimes.has(key)).sort();
  const [wanted, given] = [required(want), required(got)];
  return isDeepStrictEqual(wanted, given) ? [] : [{ path: 'findings', want: wanted, got: given }];
}

/**
 * Fields of the recorded answer that the given answer lacks or contradicts. Further fields are free, and informational
 * ones do not count.
 */
export function compare(suite: string, want: JsonObject, got: JsonObject): readonly Difference[] {
  if (suite === 'analyzers') return compareAnalyzers(want, got);
  return differences(want, got, new Set(informationalFields.get(suite) ?? []));
}
