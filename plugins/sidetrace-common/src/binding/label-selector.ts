/** One requirement of a Kubernetes label selector. */
export type LabelRequirement =
  | { readonly kind: 'in' | 'not-in'; readonly key: string; readonly values: readonly string[] }
  | { readonly kind: 'exists' | 'absent'; readonly key: string };

export type ParsedSelector =
  | { readonly kind: 'selector'; readonly requirements: readonly LabelRequirement[] }
  | { readonly kind: 'invalid'; readonly why: string };

const key = '[A-Za-z0-9./_-]+';
const value = '[A-Za-z0-9._-]*';
const forms = {
  set: new RegExp(`^(${key})\\s+(in|notin)\\s*\\(([^()]*)\\)$`),
  equality: new RegExp(`^(${key})\\s*(==|=|!=)\\s*(${value})$`),
  absent: new RegExp(`^!\\s*(${key})$`),
  exists: new RegExp(`^(${key})$`),
};

function parseRequirement(text: string): LabelRequirement | undefined {
  const set = forms.set.exec(text);
  if (set !== null) {
    const [, name = '', operator, list = ''] = set;
    const values = list.split(',').map(item => item.trim());
    return { kind: operator === 'in' ? 'in' : 'not-in', key: name, values };
  }
  const equality = forms.equality.exec(text);
  if (equality !== null) {
    const [, name = '', operator, wanted = ''] = equality;
    return { kind: operator === '!=' ? 'not-in' : 'in', key: name, values: [wanted] };
  }
  const absent = forms.absent.exec(text);
  if (absent !== null) return { kind: 'absent', key: absent[1] ?? '' };
  const exists = forms.exists.exec(text);
  return exists === null ? undefined : { kind: 'exists', key: exists[1] ?? '' };
}

/** Reads a selector as kubectl's `-l` takes it: equality, sets, existence (`apimachinery/pkg/labels/selector.go`). */
export function parseLabelSelector(text: string): ParsedSelector {
  const requirements: LabelRequirement[] = [];
  for (const part of text.split(/,(?![^()]*\))/)) {
    const requirement = parseRequirement(part.trim());
    if (requirement === undefined) {
      return { kind: 'invalid', why: `\`${part.trim()}\` is no label requirement` };
    }
    requirements.push(requirement);
  }
  return { kind: 'selector', requirements };
}

/** True when the labels meet the requirement; a key that is not there meets `not-in`. */
export function meetsRequirement(
  requirement: LabelRequirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const has = Object.hasOwn(labels, requirement.key);
  switch (requirement.kind) {
    case 'exists':
      return has;
    case 'absent':
      return !has;
    case 'in':
      return has && requirement.values.includes(labels[requirement.key] ?? '');
    case 'not-in':
      return !has || !requirement.values.includes(labels[requirement.key] ?? '');
    default:
      return requirement satisfies never;
  }
}
