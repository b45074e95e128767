import type {
  BypassFilter,
  FindingFilter,
  PageRequest,
} from '@sidetrace/backstage-plugin-sidetrace-common';

/** Items of a page of a list. */
export const listPage = 50;

const levels = ['error', 'warning', 'info'] as const;
const states = ['open', 'waived', 'expired'] as const;

function given<Name extends string>(params: URLSearchParams, name: Name) {
  const value = params.get(name);
  return value === null || value === '' ? {} : { [name]: value };
}

/** The page of a list that the URL says. */
export function pageOf(params: URLSearchParams): PageRequest {
  const offset = Number(params.get('offset') ?? '0');
  return { offset: Number.isInteger(offset) && offset > 0 ? offset : 0, limit: listPage };
}

/** The filter of findings that the URL says. */
export function findingFilterOf(params: URLSearchParams): FindingFilter {
  const level = levels.find(item => item === params.get('level'));
  const state = states.find(item => item === params.get('state'));
  return {
    ...given(params, 'source'),
    ...given(params, 'check'),
    ...given(params, 'namespace'),
    ...given(params, 'owner'),
    ...given(params, 'text'),
    ...(level === undefined ? {} : { level }),
    ...(state === undefined ? {} : { state }),
  };
}

/** The filter of the bypass inventory that the URL says. */
export function bypassFilterOf(params: URLSearchParams): BypassFilter {
  return {
    ...given(params, 'source'),
    ...given(params, 'reason'),
    ...given(params, 'namespace'),
    ...given(params, 'owner'),
    ...given(params, 'text'),
  };
}
