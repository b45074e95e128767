import { type Cidr, ipFamily, isPrivateRange, parseIp } from '../../net';
import { type Rule, traverse } from '../../netfilter';
import type { PodStack, ProcessIdentity } from '../pod/pod-stack';
import { networkOf, rulesetOf } from './pod-network';

interface RangeRule {
  readonly range: Cidr;
  readonly rule: Rule;
}

const known = new WeakMap<object, readonly RangeRule[]>();

/** Rules that compare the destination with public addresses. */
function publicRanges(stack: PodStack): readonly RangeRule[] {
  const ruleset = rulesetOf(stack);
  const cached = known.get(ruleset);
  if (cached !== undefined) return cached;
  const tables = [...ruleset.v4, ...ruleset.v6];
  const found = tables.flatMap(({ chains }) =>
    chains.flatMap(({ rules }) =>
      rules.flatMap(rule =>
        rule.matches.flatMap(match =>
          match.kind === 'destination' && match.cidr.length > 0 && !isPrivateRange(match.cidr)
            ? [{ range: match.cidr, rule }]
            : [],
        ),
      ),
    ),
  );
  known.set(ruleset, found);
  return found;
}

/**
 * The rule that makes it depend on the address of a public name whether its call is redirected; `undefined` when every
 * public address has the same answer as the one taken.
 */
export function ruleThatDecides(
  stack: PodStack,
  owner: ProcessIdentity,
  packet: { readonly protocol: 'tcp' | 'udp'; readonly port: number; readonly address: string },
): Rule | undefined {
  const { protocol, port } = packet;
  const ranges = publicRanges(stack);
  const taken = parseIp(packet.address);
  if (ranges.length === 0 || taken === undefined) return undefined;
  const redirects = (destination: typeof taken): boolean => {
    const family = ipFamily(destination);
    const { final } = traverse(rulesetOf(stack), networkOf(stack), {
      origin: 'local',
      family,
      protocol,
      destination,
      port,
      owner,
    });
    return final.kind === 'redirect' || final.kind === 'tproxy';
  };
  const usual = redirects(taken);
  return ranges.find(
    ({ range }) => range.family === ipFamily(taken) && redirects(range.address) !== usual,
  )?.rule;
}
