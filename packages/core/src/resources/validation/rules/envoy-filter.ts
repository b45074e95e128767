import type { ValueOf } from '../../schema';
import type { envoyFilterSchema } from '../../schema/kinds/envoy-filter';
import { type Findings, reject, warn } from '../findings';
import type { Subject } from '../subject';
import { checkRegularExpression } from '../syntax/regular-expression';
import { selectsEverything, validateSelectorLabels, withoutLabels } from '../syntax/selector';

type EnvoyFilterMessage = ValueOf<typeof envoyFilterSchema>;
type Patch = EnvoyFilterMessage['configPatches'][number];
type Match = NonNullable<Patch['match']>;
type ListenerFilterMatch = NonNullable<
  NonNullable<NonNullable<Match['listener']>['filterChain']>['filter']
>;

/** What a patch of each sort may match, with the words of the message. Other sorts match anything. */
const objects: readonly {
  readonly targets: readonly string[];
  readonly object: 'listener' | 'routeConfiguration' | 'cluster';
  readonly message: string;
}[] = [
  {
    targets: ['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER'],
    object: 'listener',
    message: 'applyTo for listener class objects cannot have non listener match',
  },
  {
    targets: ['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'],
    object: 'routeConfiguration',
    message: 'applyTo for http route class objects cannot have non route configuration match',
  },
  {
    targets: ['CLUSTER'],
    object: 'cluster',
    message: 'applyTo for cluster class objects cannot have non cluster match',
  },
];

const hasOperation = (patch: Patch) => patch.patch?.operation !== 'INVALID';

/** The first thing that a patch lacks; nothing after it is looked at. */
function checkPatch(patch: Patch): string | undefined {
  if (patch.applyTo === 'INVALID') return 'missing applyTo';
  if (patch.patch === undefined) return 'missing patch';
  if (!hasOperation(patch)) return 'missing patch operation';
  if (patch.patch.operation !== 'REMOVE' && patch.patch.value === undefined) {
    return 'missing patch value for non-remove operation';
  }
  const version = patch.match?.proxy?.proxyVersion ?? '';
  const invalid = checkRegularExpression(version, 'proxyVersion');
  return invalid === undefined ? undefined : `invalid regex for proxy version, [${invalid}]`;
}

/** A match of another object; a match at a waypoint is left to the CRD's rules. */
function checkMatch({ applyTo, match }: Patch): string | undefined {
  if (match === undefined || match.waypoint !== undefined) return undefined;
  const { listener, routeConfiguration, cluster } = match;
  if ((listener ?? routeConfiguration ?? cluster) === undefined) return undefined;
  const wanted = objects.find(({ targets }) => targets.some(target => target === applyTo));
  return wanted === undefined || match[wanted.object] !== undefined ? undefined : wanted.message;
}

const connectionManager = 'envoy.filters.network.http_connection_manager';

function checkFilter(filter: ListenerFilterMatch, applyTo: Patch['applyTo']): string | undefined {
  if (filter.name === '') return 'filter match has no name to match on';
  if (filter.subFilter === undefined) return undefined;
  if (applyTo !== 'HTTP_FILTER') {
    return 'subfilter match can be used with applyTo HTTP_FILTER only';
  }
  if (![connectionManager, 'envoy.http_connection_manager'].includes(filter.name)) {
    return `subfilter match requires filter match with ${connectionManager}`;
  }
  return filter.subFilter.name === '' ? 'subfilter match has no name to match on' : undefined;
}

function validatePatch(findings: Findings, patch: Patch, path: string): void {
  const refuse = (message: string) =>
    reject(findings, 'match-invalid', path, `Envoy filter: ${message}`);
  const wrong = checkPatch(patch) ?? checkMatch(patch);
  if (wrong !== undefined) {
    refuse(wrong);
    return;
  }
  const filter = patch.match?.listener?.filterChain?.filter;
  if (filter === undefined || !objects[0]?.targets.some(target => target === patch.applyTo)) return;
  if (patch.applyTo === 'LISTENER' || patch.applyTo === 'FILTER_CHAIN') {
    const message = `Envoy filter: filter match has no effect when used with ${patch.applyTo}`;
    warn(findings, 'no-effect', path, message);
  }
  const invalid = checkFilter(filter, patch.applyTo);
  if (invalid !== undefined) refuse(invalid);
}

const internals =
  'EnvoyFilter exposes internal implementation details that may change at any time. Prefer other APIs if possible, and exercise extreme caution, especially around upgrades.';

/** The part of `ValidateEnvoyFilter` that needs no knowledge of Envoy's own messages. */
export function validateEnvoyFilter(
  findings: Findings,
  _subject: Subject,
  filter: EnvoyFilterMessage,
): void {
  const selector = filter.workloadSelector;
  if (selector !== undefined) {
    validateSelectorLabels(findings, selector.labels, 'spec.workloadSelector.labels');
    if (findings.errors.length > 0) return;
  }
  warn(findings, 'no-effect', 'spec', internals);
  if (selector !== undefined && selectsEverything(selector.labels)) {
    const message = `Envoy filter: ${withoutLabels}, will be applied to all services in namespace`;
    warn(findings, 'selector-invalid', 'spec.workloadSelector', message);
  }
  filter.configPatches.forEach((patch, at) => {
    validatePatch(findings, patch, `spec.configPatches.${at}`);
  });
}
