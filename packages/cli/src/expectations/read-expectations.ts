import { readFileSync } from 'node:fs';
import { parseYaml } from '@sidetrace/core';
import { type Expectations, parseExpectations } from '@sidetrace/core/access';
import { locate } from '@sidetrace/loader';
import { UsageError } from '../usage-error';

/** A file of expectations, with the lines that its parts stand on. */
export interface ExpectationFile {
  readonly file: string;
  readonly expectations: Expectations;
  readonly lineOf: (path: string) => number;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const shown = 5;

/** Reads a file of kind Expectations; what is wrong is a usage error with file and line. */
export function readExpectations(file: string): ExpectationFile {
  const text = readText(file);
  const parsed = parseYaml(text);
  if (!parsed.ok) throw new UsageError(`${file}:${parsed.line}: ${parsed.message}`);
  const lineOf = (path: string) => locate(text, { file, document: 0, line: 1 }, path).line;
  const { expectations, issues } = parseExpectations(parsed.value);
  if (expectations !== undefined) return { file, expectations, lineOf };
  const lines = issues.slice(0, shown).map(({ path = '', message }) => {
    const field = path === '' ? '' : `\`${path}\` `;
    return `${file}:${lineOf(path)}: ${field}${message}`;
  });
  const rest = issues.length - lines.length;
  throw new UsageError(
    [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\nerror: '),
    'fields and values: docs/expectations.md',
  );
}
