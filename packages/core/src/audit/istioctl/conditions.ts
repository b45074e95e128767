import type { Condition } from '../../resources';
import type { AnalysisContext } from './analysis-context';
import type { Analyzer } from './analyzer';
import { isRecord } from './json';
import { messageOn, type Reported } from './message';

type Json = Readonly<Record<string, unknown>>;

const waypoints = ['istio.io/WaypointBound'];
const accepted = ['ZtunnelAccepted', 'WaypointAccepted'];
const programmed = ['Accepted', 'Programmed', 'ResolvedRefs'];

/** Conditions whose `False` is bad news, by kind; the last three kinds are those of the Gateway API. */
const negative: ReadonlyMap<string, readonly string[]> = new Map([
  ['Service', waypoints],
  ['ServiceEntry', waypoints],
  ['AuthorizationPolicy', accepted],
  ['Gateway', programmed],
  ['HTTPRoute', programmed],
  ['GRPCRoute', programmed],
]);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const record = (value: unknown): Json => (isRecord(value) ? value : {});
const text = (value: unknown) => (typeof value === 'string' ? value : '');

const readConditions = (value: unknown): readonly Condition[] =>
  list(value)
    .filter(isRecord)
    .map(({ type, status, reason, message }) => ({
      type: text(type),
      status: text(status),
      reason: text(reason),
      message: text(message),
    }));

interface Judged {
  readonly resource: Reported;
  readonly conditions: readonly Condition[];
}

/** Routes have the conditions of each parent, gateways their own. */
function gatewayApiObjects({ resources }: AnalysisContext): readonly Judged[] {
  return resources.other
    .filter(
      ({ apiVersion, kind }) =>
        apiVersion.startsWith('gateway.networking.k8s.io/') && negative.has(kind),
    )
    .map(resource => {
      const status = record(record(resource.spec).status);
      const parents = resource.kind === 'Gateway' ? [status] : list(status.parents).map(record);
      return {
        resource,
        conditions: parents.flatMap(parent => readConditions(parent.conditions)),
      };
    });
}

function isNegative(kind: string, { type, status, reason }: Condition): boolean {
  const known = negative.get(kind)?.includes(type) === true;
  if (status === 'False') return known;
  // Upstream looks the type up in a map: without a status it equals what stands there for unknown types.
  if (status === '' && !known) return true;
  // A waypoint that takes only part of a policy says so with a condition that is true.
  const partly = type === 'WaypointAccepted' && reason === 'PartiallyInvalid';
  return kind === 'AuthorizationPolicy' && partly;
}

/** Objects whose status says no. Source: `conditions/conditions.go`. */
export const conditions: Analyzer = {
  name: 'conditions.ConditionAnalyzer',
  codes: ['IST0171'],
  *analyze(context) {
    const { services, serviceEntries, authorizationPolicies } = context.resources;
    const own = [...services, ...serviceEntries, ...authorizationPolicies].map(resource => ({
      resource,
      conditions: resource.conditions ?? [],
    }));
    for (const { resource, conditions: found } of [...own, ...gatewayApiObjects(context)]) {
      for (const condition of found) {
        if (!isNegative(resource.kind, condition)) continue;
        const { type, reason, message } = condition;
        const words = `A condition with a negative status is present: type=${type}, reason=${reason}, message=${message}.`;
        yield messageOn('IST0171', resource, words, 'status.conditions');
      }
    }
  },
};
