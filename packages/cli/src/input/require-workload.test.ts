import { buildMesh, decodeResources } from '@sidetrace/core';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../usage-error';
import { requireWorkload } from './require-workload';

const meshOf = (...names: readonly string[]) => {
  const deployments = names.map((name, document) => ({
    value: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' } },
    source: { file: 'mesh.yaml', document, line: 1 },
  }));
  return buildMesh(decodeResources(deployments).resources, {});
};

function hintOf(argument: string, ...names: readonly string[]): string | undefined {
  try {
    requireWorkload(meshOf(...names), argument, 'shop');
  } catch (error) {
    if (error instanceof UsageError) return error.hint;
    throw error;
  }
  return 'found';
}

describe('a workload that is named', () => {
  test('is found with its namespace, or in the one of the call', () => {
    expect(hintOf('shop/web-v1', 'web-v1')).toBe('found');
    expect(hintOf('web-v1', 'web-v1')).toBe('found');
  });
});

describe('a workload that is not there', () => {
  test('may be one of another version, or have been asked for in another namespace', () => {
    expect(hintOf('web', 'web-v2', 'web-v1', 'cart')).toBe(
      'did you mean shop/web-v1 or shop/web-v2?',
    );
    expect(hintOf('bank/cart', 'cart', 'web')).toBe('did you mean shop/cart?');
    expect(hintOf('web-v1-7c9d', 'web-v1', 'cart')).toBe('did you mean shop/web-v1?');
  });
  test('is not taken for one that shares a letter or two', () => {
    expect(hintOf('a', 'cart', 'web')).toBe('there are shop/cart, shop/web');
  });
  test('leaves a list that stays short', () => {
    const many = Array.from({ length: 15 }, (_, index) => `job-${String(index).padStart(2, '0')}`);
    expect(hintOf('web', ...many)).toMatch(/^there are shop\/job-00, .*, and 3 more$/);
  });
  test('is said when the input holds none', () => {
    expect(hintOf('web')).toBe('the input holds no workload');
  });
});
