import { isJsonObject, type JsonObject } from '../json-object';

/** A field selector, or why it is refused. */
export type FieldSelector =
  | { readonly kind: 'test'; readonly test: (object: JsonObject) => boolean }
  | { readonly kind: 'refused'; readonly message: string };

const everywhere = ['metadata.name', 'metadata.namespace'];

/** Fields that a kind offers beside its name and namespace (kubernetes `pkg/registry`, `GetAttrs`). */
const offered: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'Pod',
    [
      'spec.nodeName',
      'spec.restartPolicy',
      'spec.schedulerName',
      'spec.serviceAccountName',
      'spec.hostNetwork',
      'status.phase',
      'status.podIP',
      'status.nominatedNodeName',
    ],
  ],
  ['Namespace', ['status.phase']],
  ['Secret', ['type']],
  ['Node', ['spec.unschedulable']],
  ['Job', ['status.successful']],
]);

function fieldText(object: JsonObject, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>(
      (at, field) => (isJsonObject(at) && Object.hasOwn(at, field) ? at[field] : undefined),
      object,
    );
  return value === undefined || value === null ? '' : String(value);
}

/** A field selector as `fields.ParseSelector` of apimachinery reads it: `a=b`, `a==b`, `a!=b`, joined by commas. */
export function parseFieldSelector(text: string, kind: string): FieldSelector {
  const tests: ((object: JsonObject) => boolean)[] = [];
  for (const part of text.split(',').filter(term => term !== '')) {
    const [, field, operator, value] = /^([^=!]+)(==|=|!=)(.*)$/.exec(part) ?? [];
    if (field === undefined) {
      return {
        kind: 'refused',
        message: `invalid selector: '${text}'; can't understand '${part}'`,
      };
    }
    if (![...everywhere, ...(offered.get(kind) ?? [])].includes(field)) {
      return { kind: 'refused', message: `field label not supported: ${field}` };
    }
    tests.push(object => (fieldText(object, field) === value) === (operator !== '!='));
  }
  return { kind: 'test', test: object => tests.every(test => test(object)) };
}
