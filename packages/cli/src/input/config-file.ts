import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { parseYaml } from '@sidetrace/core';
import { UsageError } from '../usage-error';

/** Defaults that a `sidetrace.yaml` sets for a repository; options on the command line win. */
export interface ConfigFile {
  readonly filename?: readonly string[];
  readonly namespace?: string;
  readonly injectDefault?: boolean;
  readonly istio?: string;
  readonly flags?: Readonly<Record<string, string>>;
  readonly rootNamespace?: string;
  readonly clusterDomain?: string;
  /** Namespaces that `access` and `audit` look at. */
  readonly namespaces?: readonly string[];
  /** Waiver file of `audit`. */
  readonly waivers?: string;
  readonly failOn?: string;
}

const defaultName = 'sidetrace.yaml';

/** Checks one value; the text says what would have been right. */
type Check = readonly [(value: unknown) => boolean, string];
const isText = (value: unknown) => typeof value === 'string';
const text: Check = [isText, 'a text (quote numbers: "1.30")'];
const texts: Check = [value => Array.isArray(value) && value.every(isText), 'a list of texts'];
const flag: Check = [value => typeof value === 'boolean', 'true or false'];
const textMap: Check = [
  value =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isText),
  'a map of texts (quote numbers and booleans)',
];

const fields = new Map<string, Check>([
  ['filename', texts],
  ['namespace', text],
  ['injectDefault', flag],
  ['istio', text],
  ['flags', textMap],
  ['rootNamespace', text],
  ['clusterDomain', text],
  ['namespaces', texts],
  ['waivers', text],
  ['failOn', text],
]);

/** Checks a parsed `sidetrace.yaml`. Strict: an unknown field is a usage error. */
export function readConfig(value: unknown, file: string): ConfigFile {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new UsageError(`${file}: this is no map`, `fields: ${[...fields.keys()].join(', ')}`);
  }
  for (const [key, item] of Object.entries(value)) {
    const check = fields.get(key);
    if (check === undefined) {
      throw new UsageError(
        `${file}: field \`${key}\` is not known`,
        `fields: ${[...fields.keys()].join(', ')}`,
      );
    }
    const [holds, wanted] = check;
    if (!holds(item)) throw new UsageError(`${file}: \`${key}\` is not ${wanted}`);
  }
  return value;
}

/** Paths in a configuration file start from its folder. */
function fromFolder(config: ConfigFile, folder: string): ConfigFile {
  const place = (path: string) => (path === '-' || isAbsolute(path) ? path : join(folder, path));
  const { filename, waivers } = config;
  return {
    ...config,
    ...(filename === undefined ? {} : { filename: filename.map(place) }),
    ...(waivers === undefined ? {} : { waivers: place(waivers) }),
  };
}

/** Reads the named file, or `sidetrace.yaml` of the working directory when there is one. */
export function loadConfigFile(named: string | undefined): ConfigFile {
  const file = named ?? defaultName;
  if (!existsSync(file)) {
    if (named === undefined) return {};
    throw new UsageError(`${file}: there is no such file`, 'check --config');
  }
  const parsed = parseYaml(readFileSync(file, 'utf8'));
  if (!parsed.ok) throw new UsageError(`${file}:${parsed.line}: ${parsed.message}`);
  return fromFolder(readConfig(parsed.value, file), dirname(file));
}
