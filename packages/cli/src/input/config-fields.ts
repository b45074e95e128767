import { UsageError } from '../usage-error';
import { parseAccessTarget } from './parse-target';

/** What is wrong with a value: path below the field, and words. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Checks one value of `sidetrace.yaml`. */
export type FieldCheck = (value: unknown) => readonly FieldError[];

const isText = (value: unknown): value is string => typeof value === 'string';
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const wrong = (message: string, path = ''): readonly FieldError[] => [{ path, message }];

const text: FieldCheck = value =>
  isText(value) ? [] : wrong('is not a text (quote numbers: "1.30")');
const flag: FieldCheck = value => (typeof value === 'boolean' ? [] : wrong('is not true or false'));

const oneOf =
  (...words: readonly string[]): FieldCheck =>
  value =>
    isText(value) && words.includes(value) ? [] : wrong(`is not one of ${words.join(', ')}`);

const listOf =
  (check: FieldCheck, what: string): FieldCheck =>
  value =>
    Array.isArray(value)
      ? value.flatMap((item: unknown, index) =>
          check(item).map(({ path, message }) => ({
            path: path === '' ? String(index) : `${index}.${path}`,
            message,
          })),
        )
      : wrong(`is not a list of ${what}`);

const textMap: FieldCheck = value =>
  isMap(value)
    ? Object.entries(value)
        .filter(([, item]) => !isText(item))
        .flatMap(([key]) => wrong('is not a text (quote numbers and booleans)', key))
    : wrong('is not a map of texts (quote numbers and booleans)');

const target: FieldCheck = value => {
  if (!isText(value)) return text(value);
  try {
    parseAccessTarget(value);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return wrong('is not host[:port][/HTTP|TLS|TCP|UDP]');
  }
};

const workload: FieldCheck = value =>
  isText(value) && /^[^/\s]+\/[^/\s]+$/.test(value)
    ? []
    : wrong('is not namespace/name (`*` stands for any text)');

const declared: FieldCheck = value => {
  if (!isMap(value)) return wrong('is not a map with `workload` and `hosts`');
  const known = new Map<string, FieldCheck>([
    ['workload', workload],
    ['hosts', listOf(target, 'hosts')],
  ]);
  const missing = [...known.keys()].filter(key => !Object.hasOwn(value, key));
  return [
    ...missing.flatMap(key => wrong(`lacks \`${key}\``)),
    ...Object.entries(value).flatMap(([key, item]) => {
      const check = known.get(key);
      if (check === undefined) return wrong('is not known (workload, hosts)', key);
      return check(item).map(({ path, message }) => ({
        path: path === '' ? key : `${key}.${path}`,
        message,
      }));
    }),
  ];
};

/** Every field of `sidetrace.yaml`, with what may stand there. */
export const configFields: ReadonlyMap<string, FieldCheck> = new Map([
  ['filename', listOf(text, 'texts')],
  ['namespace', text],
  ['injectDefault', flag],
  ['istio', text],
  ['flags', textMap],
  ['rootNamespace', text],
  ['clusterDomain', text],
  ['namespaces', listOf(text, 'texts')],
  ['waivers', text],
  ['failOn', oneOf('error', 'warning', 'info', 'none')],
  ['declaredHosts', listOf(declared, 'entries')],
]);
