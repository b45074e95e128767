import { screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { demoFindings } from '../../testing/demo-entity';
import { demoMesh } from '../../testing/demo-mesh';
import { show } from '../../testing/show';
import { FindingBody } from './FindingBody';

function detailsWith(position?: { readonly line: number; readonly column: number }) {
  const details = demoFindings(demoMesh()).find(({ finding }) => finding.source !== undefined);
  if (details === undefined) throw new Error('no finding of the demo mesh has a place');
  const source = { file: 'mesh.yaml', document: 2, line: 31 };
  const { position: _, ...finding } = details.finding;
  const placed = { ...finding, source, path: 'spec.hosts.0' };
  return { ...details, finding: position === undefined ? placed : { ...placed, position } };
}

describe('the place of a finding', () => {
  test('is the line of the field where it is known', async () => {
    await show(<FindingBody details={detailsWith({ line: 38, column: 5 })} />);
    expect(screen.getByText('mesh.yaml:38, spec.hosts.0')).toBeVisible();
  });

  test('is the document where only that is known', async () => {
    await show(<FindingBody details={detailsWith()} />);
    expect(screen.getByText('mesh.yaml, document at line 31, spec.hosts.0')).toBeVisible();
  });
});
