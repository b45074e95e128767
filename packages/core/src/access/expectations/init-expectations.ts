import type { Mesh } from '../../mesh';
import type { AccessOptions } from '../matrix/access-options';
import { externalAccess } from '../matrix/external-access';
import type { Expectation, Expectations } from './expectations';

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/\*/g, 'any')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');

/** Today's access as expectations, so that adoption starts green. Wildcard rows and what cannot be told are left out. */
export function initExpectations(mesh: Mesh, options: AccessOptions = {}): Expectations {
  const expectations: Expectation[] = [];
  for (const row of externalAccess(mesh, options)) {
    const { workload, host, port, protocol, delivery } = row;
    if (host.includes('*') || delivery === 'undetermined' || delivery === 'mixed') continue;
    expectations.push({
      id: slug(
        `${workload.kind}-${workload.namespace}-${workload.name}-${host}-${port}-${protocol}`,
      ),
      from: { namespace: workload.namespace, workload: workload.name },
      to: `${host}:${port}/${protocol}`,
      must: delivery === 'reaches' ? 'reach' : 'not-reach',
    });
  }
  return {
    apiVersion: 'sidetrace.dev/v1alpha1',
    kind: 'Expectations',
    defaults: { level: 'error', quantifier: 'all', undetermined: 'fail' },
    groups: {},
    expectations,
  };
}
