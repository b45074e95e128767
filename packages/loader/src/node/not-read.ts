import type { Issue } from '@sidetrace/core';

/** What to do about an error of the file system or of gzip, by its code. */
const hints = new Map([
  ['EACCES', 'allow reading it'],
  ['EISDIR', 'give a file'],
  ['ELOOP', 'the link leads around: correct it'],
  ['ENOENT', 'check the path'],
  ['Z_BUF_ERROR', 'the file is cut off: fetch it again'],
  ['Z_DATA_ERROR', 'the file is damaged: fetch it again'],
  ['ERR_BUFFER_TOO_LARGE', 'split the file'],
]);

/** A file or folder that is there and cannot be read. */
export function notRead(file: string, error: unknown): Issue {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'file-not-read',
    severity: 'error',
    message: `it cannot be read: ${reason}`,
    hint: hints.get(code) ?? 'check the file',
    source: { file, document: 0, line: 1 },
  };
}
