import { reasonCodes } from '../../../simulation';
import { verdicts } from '../../row';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const strict = { type: 'object', additionalProperties: false } as const;
const level = { enum: ['error', 'warning'] } as const;
const quantifier = { enum: ['all', 'any'] } as const;
const undetermined = { enum: ['fail', 'ignore'] } as const;

const via = {
  oneOf: [
    { enum: ['direct'] },
    ...['only', 'through', 'never'].map(key => ({
      ...strict,
      required: [key],
      properties: { [key]: text },
    })),
  ],
};

const subject = {
  ...strict,
  required: ['namespace'],
  properties: {
    namespace: text,
    workload: text,
    service: text,
    entity: text,
    labels: { type: 'object', additionalProperties: text },
  },
};

const expectation = {
  ...strict,
  required: ['id', 'from', 'to'],
  properties: {
    id: { type: 'string', pattern: '^[a-z0-9][a-z0-9.-]*$' },
    why: text,
    from: subject,
    to: text,
    must: { enum: ['reach', 'not-reach'] },
    mustNotBe: { type: 'array', items: { enum: verdicts } },
    via,
    because: { type: 'array', items: { enum: reasonCodes } },
    level,
    quantifier,
    undetermined,
    waiver: {
      ...strict,
      required: ['until', 'reason'],
      properties: { until: { type: 'string', format: 'date' }, owner: text, reason: text },
    },
  },
};

/** JSON Schema (2020-12) of an expectations file. */
export const expectationsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Sidetrace expectations',
  ...strict,
  required: ['apiVersion', 'kind', 'expectations'],
  properties: {
    apiVersion: { const: 'sidetrace.dev/v1alpha1' },
    kind: { const: 'Expectations' },
    defaults: { ...strict, properties: { level, quantifier, undetermined } },
    groups: { type: 'object', additionalProperties: texts },
    expectations: { type: 'array', items: expectation },
  },
} as const;
