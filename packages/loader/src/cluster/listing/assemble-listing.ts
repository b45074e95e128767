import { ClusterError } from '../cluster-error';
import type { ClusterListing } from '../cluster-listing';
import { failureIssue, hiddenIssues, unwatchedIssue } from './listing-issues';
import type { TargetState } from './target-state';

const isUnread = ({ failure }: TargetState): boolean =>
  failure !== undefined && failure.status !== 404;

/** One listing out of the state of every list, each in the order of its names. Throws when there is no list that could be read. */
export function assembleListing(states: readonly TargetState[], file: string): ClusterListing {
  const unread = states.filter(isUnread);
  const issues = states.flatMap(state => failureIssue(state, file) ?? []);
  const [first] = issues;
  if (first !== undefined && unread.length === states.length) {
    throw new ClusterError(
      'api',
      `nothing of ${file.replace(/^cluster:/, '')} could be read: ${first.message}`,
      first.hint ?? 'try again',
    );
  }
  const kept = states.flatMap(({ objects }) =>
    [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object),
  );
  const versions = new Map<string, string>();
  for (const { target, version } of states) {
    const { kind } = target.kind.kind;
    if (version !== undefined && !versions.has(kind)) versions.set(kind, version);
  }
  return {
    resources: kept.map(({ resource }) => resource),
    issues: [
      ...issues,
      ...states.flatMap(state => unwatchedIssue(state, file) ?? []),
      ...kept.flatMap(object => [...hiddenIssues(object)]),
    ],
    unreadKinds: [...new Set(unread.map(({ target }) => target.kind.kind.kind))],
    versions,
  };
}
