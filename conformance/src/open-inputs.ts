import { dirname, join, resolve } from 'node:path';
import { Archive } from './archive';
import { readText } from './read-text';
import type { SuiteContext } from './suite';

/** Inputs as text, and where the files that they name are read from. */
export interface OpenedInputs {
  readonly text: string;
  readonly directory: string;
  readonly readText: SuiteContext['readText'];
}

/** `inputs.jsonl`, the same gzipped, or a suite's archive in conformance/data, whose `inputs.jsonl` is taken. */
export function openInputs(file: string): OpenedInputs {
  const path = resolve(file);
  if (/\.(?:tar\.gz|tgz|tar)$/.test(path)) {
    const archive = new Archive(path);
    return {
      text: archive.readText('inputs.jsonl'),
      directory: path,
      readText: relativePath => archive.readText(relativePath),
    };
  }
  const directory = dirname(path);
  return {
    text: readText(path),
    directory,
    readText: relativePath => readText(join(directory, relativePath)),
  };
}
