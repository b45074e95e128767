import type { Issue } from '@sidetrace/core';
import type { UrlLimits } from '../source-config';
import { SourceError } from '../source-error';
import { type FileSelection, treePath } from './select-files';

const mega = 1024 * 1024;

const issueOf = (code: string, file: string, message: string, hint: string): Issue => ({
  code,
  severity: 'error',
  message,
  hint,
  source: { file, document: 0, line: 1 },
});

/** A file that is read from a tree, with its name in it. */
export interface TreeFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Decides which files of a tree are read, and keeps account of their number and size: one file that is too large is an
 * issue, a tree that is too large cannot be read at all.
 */
export class TreeBudget {
  readonly #issues: Issue[] = [];
  readonly #told = new Set<string>();
  #files = 0;
  #bytes = 0;
  #exceeded: SourceError | undefined;

  constructor(
    private readonly limits: UrlLimits,
    private readonly selection: FileSelection,
  ) {}

  /** Whether the file may be read, as far as its name says. */
  mayAdmit(path: string): boolean {
    const name = treePath(path);
    return name === undefined || this.selection.selects(name);
  }

  /** The name of the file in the tree when it is to be read. Size in bytes. */
  admit(path: string, size: number): string | undefined {
    const name = treePath(path);
    if (name === undefined) {
      // of names that lead nowhere only those matter that are meant as manifests
      const shown = path.replace(/\p{Cc}/gu, '?').slice(0, 200);
      if (this.selection.selects(shown.replace(/^[./\\]+/, ''))) this.#odd(shown);
      return undefined;
    }
    if (this.#exceeded !== undefined || !this.selection.selects(name)) return undefined;
    const { maxFiles, maxFileMb, maxTotalMb } = this.limits;
    if (size > maxFileMb * mega) {
      this.#tell(
        'file-too-large',
        name,
        `it has more than ${maxFileMb} MiB`,
        'raise `limits.maxFileMb`',
      );
      return undefined;
    }
    this.#files += 1;
    this.#bytes += size;
    if (this.#files > maxFiles) this.#exceed(`more than ${maxFiles} manifests`, 'maxFiles');
    if (this.#bytes > maxTotalMb * mega) {
      this.#exceed(`manifests of more than ${maxTotalMb} MiB`, 'maxTotalMb');
    }
    return this.#exceeded === undefined ? name : undefined;
  }

  /** What was left out; throws when the tree is too large. */
  close(files: readonly TreeFile[]): readonly Issue[] {
    if (this.#exceeded !== undefined) throw this.#exceeded;
    if (files.length + this.#issues.length === 0) {
      this.#tell('file-not-found', '.', 'the tree holds no manifest', 'check `url` and `files`');
      return this.#issues;
    }
    const left = [...files.map(({ path }) => path), ...this.#told];
    for (const glob of this.selection.unmatched(left)) {
      if (glob !== '') {
        this.#tell('file-not-found', glob, 'no file matches the pattern', 'check `files`');
      }
    }
    return this.#issues;
  }

  /** More than this is not unpacked, whatever it may be. */
  get maxUnpackedBytes(): number {
    return 20 * this.limits.maxTotalMb * mega;
  }

  #odd(shown: string): void {
    const hint = 'give the file a name inside of the tree, without control characters';
    this.#tell(
      'file-name-refused',
      shown,
      'the name leads out of the tree or cannot be shown',
      hint,
    );
  }

  #tell(code: string, file: string, message: string, hint: string): void {
    if (this.#told.has(file)) return;
    this.#told.add(file);
    this.#issues.push(issueOf(code, file, message, hint));
  }

  #exceed(what: string, limit: keyof UrlLimits): void {
    this.#exceeded ??= new SourceError(
      `the tree holds ${what}: narrow \`files\` or raise \`limits.${limit}\``,
    );
  }
}
