import { readJsonDocuments } from './json-documents';
import { type ReadResult, readYaml } from './read-yaml';

/** A byte order mark is no part of the first document. */
const withoutMark = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

function readJson(text: string, file: string): ReadResult | undefined {
  try {
    const source = { file, document: 0, line: 1 };
    return { resources: [{ value: JSON.parse(text), source }], issues: [] };
  } catch {
    // otherwise YAML, a superset of JSON, whose reader says on which line the text is wrong
    const resources = readJsonDocuments(text, file);
    return resources === undefined ? undefined : { resources, issues: [] };
  }
}

function notText(file: string): ReadResult {
  const source = { file, document: 0, line: 1 };
  const message = 'this is no text';
  const hint = 'give a YAML or JSON file, plain or gzip';
  return {
    resources: [],
    issues: [{ code: 'not-text', severity: 'error', message, hint, source }],
  };
}

/** A double brace where a value or a line starts: a template that was not rendered. */
const template = /(^|[\s:])\{\{-?\s*[.$a-z]/m;

/**
 * Reads manifests: YAML or JSON, one or many documents, `List` objects, what `kubectl get -o yaml` and `helm template`
 * print. What cannot be read is an issue with file and line; the rest is there.
 *
 * @example readManifests(text, 'mesh.yaml').resources.length
 */
export function readManifests(input: string, file: string): ReadResult {
  const text = withoutMark(input);
  if (text.includes('\0')) return notText(file);
  if (/^\s*\{/.test(text)) {
    const json = readJson(text, file);
    if (json !== undefined) return json;
  }
  return finishYaml(text, readYaml(text, file));
}

/** What the whole text says about the issues of its documents. */
function finishYaml(text: string, result: ReadResult): ReadResult {
  if (result.issues.length === 0 || !template.test(text)) return result;
  const hint = 'render the chart first: helm template NAME CHART | sidetrace ... -f -';
  return {
    ...result,
    issues: result.issues.map(issue => (issue.code === 'not-yaml' ? { ...issue, hint } : issue)),
  };
}
