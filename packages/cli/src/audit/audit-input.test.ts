import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { externalAccess } from '@sidetrace/core';
import { readYaml } from '@sidetrace/loader';
import { expect, test } from 'vitest';
import { meshOf } from '../input/load-mesh';
import { auditInputOf } from './audit-input';

const file = join(import.meta.dirname, '../../../../examples/unregistered-host/mesh.yaml');

test('rules read the rows that `sidetrace access` prints', () => {
  const { resources } = readYaml(readFileSync(file, 'utf8'), 'mesh.yaml');
  const loaded = meshOf(resources, { filename: [], flags: {}, verbose: false, config: {} });
  const rows = auditInputOf(loaded).access();
  expect(rows.length).toBeGreaterThan(0);
  expect(rows).toEqual([...externalAccess(loaded.mesh)]);
});
