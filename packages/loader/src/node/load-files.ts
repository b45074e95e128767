import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Issue, RawResource } from '@sidetrace/core';
import { readManifests } from '../read-manifests';
import { decodeText } from './decode-text';
import { findFiles } from './find-files';
import { lostLetters } from './lost-letters';
import { notRead } from './not-read';

/** What was read, what could not be, and the texts that positions are looked up in. */
export interface LoadedFiles {
  readonly files: readonly string[];
  readonly resources: readonly RawResource[];
  readonly issues: readonly Issue[];
  /** Text of a file that was read. */
  readonly textOf: (file: string) => string | undefined;
}

export interface LoadOptions {
  /** Bytes of standard input, which the path `-` stands for. */
  readonly readStdin?: () => Promise<Uint8Array>;
  /** Called before each file, for a progress bar. */
  readonly onFile?: (done: number, total: number) => void;
}

/**
 * Reads manifests from files, folders, globs and standard input. Never rejects: what cannot be read is an issue and
 * the rest is there.
 *
 * @example const { resources, issues } = await loadFiles(['mesh/', 'extra.yaml.gz']);
 */
export async function loadFiles(
  paths: readonly string[],
  options: LoadOptions = {},
): Promise<LoadedFiles> {
  const found = await findFiles(paths);
  const resources: RawResource[] = [];
  const issues: Issue[] = [...found.issues];
  const texts = new Map<string, string>();
  for (const [index, file] of found.files.entries()) {
    if (index % filesAtOnce === filesAtOnce - 1) await setImmediate();
    options.onFile?.(index, found.files.length);
    try {
      // parsing does not wait either, and thousands of small files are read several times as fast
      const bytes = file === '-' ? await (options.readStdin ?? noStdin)() : readFileSync(file);
      const text = decodeText(bytes);
      texts.set(file, text);
      const result = readManifests(text, file);
      for (const resource of result.resources) resources.push(resource);
      issues.push(...result.issues, ...lostLetters(text, file));
    } catch (error) {
      issues.push(notRead(file, error));
    }
  }
  return { files: found.files, resources, issues, textOf: file => texts.get(file) };
}

/** So many files are read before others that share the thread have their turn. */
const filesAtOnce = 32;

const noStdin = () => Promise.reject(new Error('standard input is not available here'));
