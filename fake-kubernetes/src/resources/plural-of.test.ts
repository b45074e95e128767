import { expect, test } from 'vitest';
import { pluralOf } from './plural-of';

test.each([
  ['Pod', 'pods'],
  ['ServiceEntry', 'serviceentries'],
  ['NetworkPolicy', 'networkpolicies'],
  ['Gateway', 'gateways'],
  ['Ingress', 'ingresses'],
  ['Endpoints', 'endpoints'],
])('%s is %s', (kind, plural) => {
  expect(pluralOf(kind)).toBe(plural);
});
