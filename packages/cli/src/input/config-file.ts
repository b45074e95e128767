import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { parseYaml } from '@sidetrace/core';
import { locate } from '@sidetrace/loader';
import { UsageError } from '../usage-error';
import { configFields } from './config-fields';
import type { DeclaredHosts } from './declared-hosts';

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
  /** Hosts that workloads say they need. */
  readonly declaredHosts?: readonly DeclaredHosts[];
}

const defaultName = 'sidetrace.yaml';
const known = () => `fields: ${[...configFields.keys()].join(', ')}`;

/** `sidetrace.yaml:12: `, the line of a field. */
function placeOf(file: string, text: string, path: string): string {
  const { line } = locate(text, { file, document: 0, line: 1 }, path);
  return `${file}:${line}`;
}

/** Checks a parsed `sidetrace.yaml`. Strict: an unknown field is a usage error. */
function checkConfig(value: unknown, file: string, text: string): ConfigFile {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new UsageError(`${file}: this is no map`, known());
  }
  for (const [key, item] of Object.entries(value)) {
    const check = configFields.get(key);
    if (check === undefined) {
      throw new UsageError(`${placeOf(file, text, key)}: field \`${key}\` is not known`, known());
    }
    const [first] = check(item);
    if (first === undefined) continue;
    const path = first.path === '' ? key : `${key}.${first.path}`;
    throw new UsageError(`${placeOf(file, text, path)}: \`${path}\` ${first.message}`);
  }
  return value;
}

/** Reads the text of a `sidetrace.yaml`; what is wrong is a usage error with file and line. */
export function readConfig(text: string, file: string): ConfigFile {
  const parsed = parseYaml(text);
  if (!parsed.ok) throw new UsageError(`${file}:${parsed.line}: ${parsed.message}`);
  return checkConfig(parsed.value, file, text);
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
  return fromFolder(readConfig(readFileSync(file, 'utf8'), file), dirname(file));
}
