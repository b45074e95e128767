/** Whether labels are selected. */
export type LabelTest = (labels: Readonly<Record<string, unknown>>) => boolean;

const name = '[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?';
const value = '[-A-Za-z0-9_.]*';
const exists = new RegExp(`^(!?)\\s*(${name})$`);
const equals = new RegExp(`^(${name})\\s*(==|=|!=)\\s*(${value})$`);
const among = new RegExp(`^(${name})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);

const has = (labels: Readonly<Record<string, unknown>>, key: string) => Object.hasOwn(labels, key);

function parseRequirement(text: string): LabelTest | undefined {
  const [, absent, presentKey] = exists.exec(text) ?? [];
  if (presentKey !== undefined) return labels => has(labels, presentKey) === (absent === '');
  const [, key, operator, wanted] = equals.exec(text) ?? [];
  if (key !== undefined) {
    return operator === '!='
      ? labels => !has(labels, key) || labels[key] !== wanted
      : labels => has(labels, key) && labels[key] === wanted;
  }
  const [, setKey, membership, members = ''] = among.exec(text) ?? [];
  if (setKey === undefined) return undefined;
  const set = new Set<unknown>(members.split(',').map(member => member.trim()));
  return membership === 'in'
    ? labels => has(labels, setKey) && set.has(labels[setKey])
    : labels => !has(labels, setKey) || !set.has(labels[setKey]);
}

/**
 * A label selector as `labels.Parse` of apimachinery reads it, without `<` and `>`: `a=b`, `a==b`, `a!=b`,
 * `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas. Undefined when it cannot be read.
 */
export function parseLabelSelector(text: string): LabelTest | undefined {
  const tests: LabelTest[] = [];
  // commas inside parentheses do not separate requirements
  for (const part of text.trim() === '' ? [] : text.split(/,(?![^(]*\))/)) {
    const test = parseRequirement(part.trim());
    if (test === undefined) return undefined;
    tests.push(test);
  }
  return labels => tests.every(test => test(labels));
}
