import { type Issue, parseYaml, type RawResource } from '@sidetrace/core';
import { splitDocuments } from './split-documents';

/** What was read, and what could not be. */
export interface ReadResult {
  readonly resources: readonly RawResource[];
  readonly issues: readonly Issue[];
}

/** Longest text that is read; more is refused with an issue. */
export const maxTextLength = 512 * 1024 * 1024;

/** Reads YAML or JSON text, any number of documents. A broken document is reported, the others are read. */
export function readYaml(text: string, file: string): ReadResult {
  const resources: RawResource[] = [];
  const issues: Issue[] = [];
  if (text.length > maxTextLength) {
    const message = `the text is longer than ${maxTextLength} characters`;
    return {
      resources,
      issues: [
        {
          code: 'too-long',
          severity: 'error',
          message,
          hint: 'split the file',
          source: { file, document: 0, line: 1 },
        },
      ],
    };
  }
  for (const { text: body, line, document, marker } of splitDocuments(text)) {
    const source = { file, document, line };
    if (marker !== undefined) {
      issues.push({
        code: 'separator-with-comment',
        severity: 'warning',
        message: `\`${marker}\` is no separator for kubectl and istioctl: they lose the object that follows`,
        hint: 'put the comment on a line of its own',
        source: { ...source, line: line - 1 },
      });
    }
    if (isFlowMapping(body)) {
      issues.push({
        code: 'flow-mapping',
        severity: 'warning',
        message:
          'a document that starts with `{` is read as JSON by kubectl and istioctl, and this is none',
        hint: 'write JSON or block style',
        source,
      });
    }
    const result = parseYaml(body);
    if (!result.ok) {
      issues.push({
        code: 'not-yaml',
        severity: 'error',
        message: result.message,
        hint: 'correct the document; the others are used',
        source: { ...source, line: line + result.line - 1 },
      });
    } else if (result.value !== undefined && result.value !== null) {
      resources.push({ value: result.value, source });
    }
  }
  return { resources, issues };
}

/** YAML in braces that is no JSON. */
function isFlowMapping(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
