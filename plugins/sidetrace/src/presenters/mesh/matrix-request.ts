import type { MatrixFilter, MatrixRequest } from '@sidetrace/backstage-plugin-sidetrace-common';
import { verdicts } from '@sidetrace/core/access';

const groupings = ['owner', 'system', 'namespace'] as const;

const given = (name: keyof MatrixFilter, value: string | null) =>
  value === null || value === '' ? {} : { [name]: value };

/** The filter that the URL says. */
export function matrixFilterOf(params: URLSearchParams): MatrixFilter {
  const verdict = verdicts.find(item => item === params.get('verdict'));
  return {
    ...given('source', params.get('source')),
    ...given('namespace', params.get('namespace')),
    ...given('owner', params.get('owner')),
    ...given('system', params.get('system')),
    ...given('workload', params.get('workload')),
    ...given('host', params.get('host')),
    ...(verdict === undefined ? {} : { verdict }),
  };
}

/** The same with the grouping of rows. */
export function matrixRequestOf(params: URLSearchParams): MatrixRequest {
  const by = groupings.find(item => item === params.get('by'));
  return { ...matrixFilterOf(params), ...(by === undefined ? {} : { by }) };
}
