import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json-object';
import { selectionOf } from './selection';

function selects(query: Readonly<Record<string, string>>, object: JsonObject): boolean | string {
  const selection = selectionOf(new URLSearchParams(query), 'Pod');
  return selection.kind === 'chosen' ? selection.test(object) : selection.message;
}

describe('labels app=shop, tier=', () => {
  const object = { metadata: { name: 'a', labels: { app: 'shop', tier: '' } } };
  test.each<[string, boolean]>([
    ['', true],
    ['app=shop', true],
    ['app==shop', true],
    ['app = shop', true],
    ['app=bank', false],
    ['app=', false],
    ['tier=', true],
    ['app!=shop', false],
    ['app!=bank', true],
    ['other!=bank', true],
    ['app', true],
    ['other', false],
    ['!app', false],
    ['!other', true],
    ['app in (bank, shop)', true],
    ['app in (bank)', false],
    ['app notin (bank)', true],
    ['app notin (shop,bank)', false],
    ['other notin (shop)', true],
    ['app in (shop,bank),tier', true],
    ['app in (shop,bank),!tier', false],
    ['constructor', false],
  ])('%s: %s', (labelSelector, expected) => {
    expect(selects({ labelSelector }, object)).toBe(expected);
  });
});

test.each(['a===b', 'a in b', '=b', 'a=b c', ','])('the label selector %s is refused', text => {
  expect(selects({ labelSelector: text }, {})).toBe(`unable to parse requirement: found '${text}'`);
});

describe('fields of a pod', () => {
  const object = {
    metadata: { name: 'a', namespace: 'shop' },
    spec: { nodeName: 'n1' },
    status: {},
  };
  test.each<[string, boolean]>([
    ['metadata.name=a', true],
    ['metadata.name==b', false],
    ['metadata.name!=b', true],
    ['metadata.namespace=shop,metadata.name=a', true],
    ['metadata.namespace=shop,metadata.name=b', false],
    ['spec.nodeName=n1', true],
    ['status.phase=', true],
    ['status.phase=Running', false],
  ])('%s: %s', (fieldSelector, expected) => {
    expect(selects({ fieldSelector }, object)).toBe(expected);
  });
});

test('a field that the kind does not offer is refused', () => {
  expect(selects({ fieldSelector: 'spec.image=a' }, {})).toBe(
    'field label not supported: spec.image',
  );
  expect(selects({ fieldSelector: 'name' }, {})).toBe(
    "invalid selector: 'name'; can't understand 'name'",
  );
});
