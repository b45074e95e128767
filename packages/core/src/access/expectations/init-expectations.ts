import type { Mesh } from '../../mesh';
import type { AccessOptions } from '../matrix/access-options';
import { externalAccess } from '../matrix/external-access';
import { unregisteredHost } from '../matrix/targets';
import type { Expectation, Expectations } from './expectations';

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/\*/g, 'any')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');

/** The name that stands for a row: its host, or for a wildcard one that it covers. */
function nameFor(host: string): Pick<Expectation, 'why'> & { readonly host: string } {
  if (host === '*')
    return { host: unregisteredHost, why: 'stands for every host that nobody registers' };
  return host.startsWith('*.')
    ? { host: `sample${host.slice(1)}`, why: `stands for \`${host}\`` }
    : { host };
}

/** Today's access as expectations, so that adoption starts green. What is mixed or cannot be told is left out. */
export function initExpectations(mesh: Mesh, options: AccessOptions = {}): Expectations {
  const expectations = new Map<string, Expectation>();
  for (const row of externalAccess(mesh, options)) {
    const { workload, port, protocol, delivery } = row;
    if (delivery === 'undetermined' || delivery === 'mixed') continue;
    const { host, why } = nameFor(row.host);
    const { kind, namespace, name } = workload;
    const id = slug(`${kind}-${namespace}-${name}-${host}-${port}-${protocol}`);
    if (expectations.has(id)) continue;
    expectations.set(id, {
      id,
      ...(why !== undefined && { why }),
      from: { namespace, workload: name },
      to: `${host.includes(':') ? `[${host}]` : host}:${port}/${protocol}`,
      must: delivery === 'reaches' ? 'reach' : 'not-reach',
    });
  }
  return {
    apiVersion: 'sidetrace.dev/v1alpha1',
    kind: 'Expectations',
    defaults: { level: 'error', quantifier: 'all', undetermined: 'fail' },
    groups: {},
    expectations: [...expectations.values()],
  };
}
