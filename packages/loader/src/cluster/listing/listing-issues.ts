import type { Issue } from '@sidetrace/core';
import { resourceName } from '../kinds';
import { member, textMember } from '../request';
import type { KeptObject, TargetState } from './target-state';

/** Containers whose settings answers depend on. */
const decidingContainers = new Set([
  'istio-proxy',
  'istio-init',
  'istio-validation',
  'discovery',
  'install-cni',
]);

const quoted = (texts: readonly string[]) => texts.map(text => JSON.stringify(text)).join(', ');

/** The rule of RBAC that allows a list, as one writes it into a ClusterRole or Role. */
export function missingRule({ target }: TargetState): string {
  const { group, plural } = target.kind.kind;
  const names = target.name === undefined ? '' : `, resourceNames: [${quoted([target.name])}]`;
  return `{ apiGroups: [${quoted([group])}], resources: [${quoted([plural])}], verbs: ["list", "watch"]${names} }`;
}

function whatOf({ target }: TargetState): string {
  const name = target.name === undefined ? '' : ` \`${target.name}\``;
  const place = target.namespace === undefined ? '' : ` in namespace \`${target.namespace}\``;
  return `\`${resourceName(target.kind.kind)}\`${name}${place}`;
}

/** Why a list is not there; none when the kind is not installed. */
export function failureIssue(state: TargetState, file: string): Issue | undefined {
  const { failure, target } = state;
  if (failure === undefined || failure.status === 404) return undefined;
  const base = { severity: 'error', source: { file, document: 0, line: 1 } } as const;
  if (failure.status === 403) {
    const role = target.namespace === undefined ? 'ClusterRole' : 'ClusterRole or Role';
    return {
      ...base,
      code: 'cluster-forbidden',
      message: `${whatOf(state)} cannot be listed: the account has no permission`,
      hint: `add this rule to its ${role}: ${missingRule(state)}`,
    };
  }
  return {
    ...base,
    code: 'cluster-not-read',
    message: `${whatOf(state)} cannot be read: ${failure.message}`,
    hint: 'try again; when it stays, look at the API server',
  };
}

/** Why changes of a list are seen late. */
export function unwatchedIssue(state: TargetState, file: string): Issue | undefined {
  if (state.unwatched === undefined || state.failure !== undefined) return undefined;
  return {
    code: 'cluster-not-watched',
    severity: 'warning',
    message: `${whatOf(state)} cannot be watched: the account has no permission; it is listed again from time to time`,
    hint: `add this rule to its role: ${missingRule(state)}`,
    source: { file, document: 0, line: 1 },
  };
}

/** Settings of the mesh whose values look secret and were not kept. */
export function* hiddenIssues({ resource, hidden }: KeptObject): Iterable<Issue> {
  for (const { container, name, path } of hidden) {
    if (!decidingContainers.has(container)) continue;
    const metadata = member(resource.value, 'metadata');
    const namespace = textMember(metadata, 'namespace');
    yield {
      code: 'cluster-value-hidden',
      severity: 'warning',
      message: `the value of \`${name}\` of container \`${container}\` looks secret and is not kept`,
      hint: 'an answer that depends on it does not know it',
      object: {
        kind: textMember(resource.value, 'kind') ?? '',
        ...(namespace === undefined ? {} : { namespace }),
        name: textMember(metadata, 'name') ?? '',
      },
      path,
      source: resource.source,
    };
  }
}
