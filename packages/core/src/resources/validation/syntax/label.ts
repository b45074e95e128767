import { type Findings, quoted, reject } from '../findings';

const key =
  /^((?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*\/)?((?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$/;
const value = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

/** What is wrong with a label's key (`pkg/config/labels`: prefix up to 253 characters, name up to 63). */
function checkLabelKey(text: string): string | undefined {
  const match = key.exec(text);
  if (match === null) return `invalid tag key: ${quoted(text)}`;
  const [, prefix = '', name = ''] = match;
  if (prefix.length > 254) return `invalid tag key: ${quoted(text)} (DNS prefix is too long)`;
  return name.length > 63 ? `invalid tag key: ${quoted(text)} (name is too long)` : undefined;
}

/** `labels.Instance.Validate`. */
export function validateLabels(
  findings: Findings,
  labels: ReadonlyMap<string, string> | undefined,
  path: string,
): void {
  for (const [name, text] of labels ?? []) {
    const wrong = checkLabelKey(name);
    if (wrong !== undefined) reject(findings, 'label-invalid', `${path}.${name}`, wrong);
    if (!value.test(text)) {
      reject(findings, 'label-invalid', `${path}.${name}`, `invalid tag value: ${quoted(text)}`);
    }
  }
}
