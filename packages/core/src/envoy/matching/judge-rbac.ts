import { cidrContains, parseIp } from '../../net';
import type { HttpRbac, NetworkRbac, RbacCondition, RbacPolicy } from '../config/rbac';
import type { EnvoyCall } from '../machine/call';
import { mayHaveToken } from './find-token';
import { headerOf, pathOnly } from './match-route';
import { matchesHeader, matchesString } from './match-string';

/** `unknown`: something that the call does not say decides. */
export type RbacVerdict =
  | { readonly kind: 'allowed' | 'denied'; readonly policy?: RbacPolicy }
  | { readonly kind: 'unknown'; readonly what: string; readonly policy?: RbacPolicy };

/** Three-valued: `undefined` when the call does not say. */
type Truth = boolean | undefined;

const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

const oneOf = (truths: readonly Truth[]): Truth => not(allOf(truths.map(not)));

function inRange(
  condition: Extract<RbacCondition, { readonly kind: 'destination-ip' | 'source-ip' }>,
  address: string | undefined,
): Truth {
  const ip = address === undefined ? undefined : parseIp(address);
  return ip === undefined ? undefined : cidrContains(condition.range, ip);
}

/** Value of a condition (`source/extensions/filters/common/rbac/matchers.cc`). */
export function holds(condition: RbacCondition, call: EnvoyCall): Truth {
  switch (condition.kind) {
    case 'any':
      return true;
    case 'all-of':
      return allOf(condition.conditions.map(item => holds(item, call)));
    case 'one-of':
      return oneOf(condition.conditions.map(item => holds(item, call)));
    case 'not':
      return not(holds(condition.condition, call));
    case 'destination-port':
      return call.port === condition.port;
    case 'destination-ip':
      return inRange(condition, call.address);
    case 'source-ip':
      return inRange(condition, call.sourceAddress);
    case 'principal': {
      const principal = call.tls?.certificate?.principal;
      return principal !== undefined && matchesString(condition.match, principal);
    }
    case 'server-name':
      return matchesString(condition.match, call.tls?.sni ?? '');
    case 'header':
      return (
        call.request !== undefined &&
        matchesHeader(condition.header, headerOf(call.request, condition.header.name))
      );
    case 'path':
      return (
        call.request !== undefined && matchesString(condition.match, pathOnly(call.request.path))
      );
    case 'token':
      return mayHaveToken(condition.places, call.request) ? undefined : false;
    case 'unknown':
      return undefined;
  }
}

/**
 * Verdict of one RBAC filter: ALLOW needs a matching policy, DENY must find none
 * (`source/extensions/filters/common/rbac/engine_impl.cc:handleAction`).
 */
export function judgeRbac(rbac: HttpRbac | NetworkRbac, call: EnvoyCall): RbacVerdict {
  const matched: RbacVerdict['kind'] = rbac.action === 'ALLOW' ? 'allowed' : 'denied';
  const otherwise = rbac.action === 'ALLOW' ? 'denied' : 'allowed';
  let unknown: RbacPolicy | undefined;
  for (const policy of rbac.policies) {
    const truth = allOf([holds(policy.permission, call), holds(policy.principal, call)]);
    if (truth === true) {
      if (rbac.external === true) return { kind: 'unknown', what: 'an external server', policy };
      return { kind: matched, policy };
    }
    if (truth === undefined) unknown ??= policy;
  }
  if (unknown === undefined) return { kind: otherwise };
  return { kind: 'unknown', what: `conditions of policy \`${unknown.name}\``, policy: unknown };
}
