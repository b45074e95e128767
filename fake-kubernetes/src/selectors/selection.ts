import { type JsonObject, objectAt } from '../json-object';
import { parseFieldSelector } from './field-selector';
import { parseLabelSelector } from './label-selector';

/** The objects that a request's selectors choose, or why they are refused. */
export type Selection =
  | {
      readonly kind: 'chosen';
      /** No selector was given. */
      readonly all: boolean;
      readonly test: (object: JsonObject) => boolean;
    }
  | { readonly kind: 'refused'; readonly message: string };

/** Reads `labelSelector` and `fieldSelector` of a query. */
export function selectionOf(query: URLSearchParams, kind: string): Selection {
  const labelText = query.get('labelSelector') ?? '';
  const fieldText = query.get('fieldSelector') ?? '';
  const labels = parseLabelSelector(labelText);
  if (labels === undefined) {
    return { kind: 'refused', message: `unable to parse requirement: found '${labelText}'` };
  }
  const fields = parseFieldSelector(fieldText, kind);
  if (fields.kind === 'refused') return fields;
  return {
    kind: 'chosen',
    all: labelText === '' && fieldText === '',
    test: object => labels(objectAt(objectAt(object, 'metadata'), 'labels')) && fields.test(object),
  };
}
