import { type Findings, warn } from '../findings';
import { coveringPrefixes } from './prefix-cover';
import { ruleLabel } from './rule-label';
import type { VirtualServiceMessage } from './virtual-service-message';

interface Rule {
  readonly label: string;
  readonly matches: readonly {
    readonly label: string;
    readonly key: string;
    readonly match: object;
  }[];
}
type HttpMatch = VirtualServiceMessage['http'][number]['match'][number];

/** Maps become sorted entries, so that equal matches give equal texts. */
const sorted = (_: string, value: unknown): unknown =>
  value instanceof Map ? [...value.entries()].sort(([a], [b]) => (a < b ? -1 : 1)) : value;
const keyOf = (match: object) => JSON.stringify(match, sorted);

const withoutName = (match: HttpMatch) => ({ ...match, name: '' });

const httpRules = (service: VirtualServiceMessage): readonly Rule[] =>
  service.http.map((route, at) => ({
    label: ruleLabel(route.name, at),
    matches: route.match.map((match, index) => ({
      label: ruleLabel(match.name, index),
      key: keyOf(withoutName(match)),
      match,
    })),
  }));

const plainRules = (routes: readonly { readonly match: readonly object[] }[]): readonly Rule[] =>
  routes.map((route, at) => ({
    label: `#${at}`,
    matches: route.match.map((match, index) => ({ label: `#${index}`, key: keyOf(match), match })),
  }));

/**
 * Rules behind one that matches everything, and matches that came before (IST0130, IST0131). Returns the matches that
 * are left.
 */
function warnOfRepeats(
  findings: Findings,
  rules: readonly Rule[],
  path: string,
): ReadonlySet<object> {
  const fresh = new Set<object>();
  const seen = new Map<string, Rule>();
  let catchAll = false;
  rules.forEach((rule, at) => {
    const place = `${path}.${at}`;
    const unused = (reason: string) =>
      warn(
        findings,
        'rule-unreachable',
        place,
        `virtualService rule ${rule.label} not used (${reason})`,
      );
    if (rule.matches.length === 0) {
      if (catchAll) unused('only the last rule can have no matches');
      catchAll = true;
      return;
    }
    let repeats = 0;
    for (const match of rule.matches) {
      if (catchAll) {
        unused('route without matches defined before');
        continue;
      }
      const before = seen.get(match.key);
      if (before === undefined) {
        seen.set(match.key, rule);
        fresh.add(match.match);
      } else {
        repeats += 1;
        const message = `virtualService rule ${rule.label} match ${match.label} is not used (duplicate/overlapping match in rule ${before.label})`;
        warn(findings, 'rule-ineffective', place, message);
      }
    }
    if (repeats === rule.matches.length) unused('all matches used by prior rules');
  });
  return fresh;
}

/** `analyzeUnreachableHTTPRules` and its siblings for TCP and TLS. */
export function warnOfUnreachableRules(findings: Findings, service: VirtualServiceMessage): void {
  const fresh = warnOfRepeats(findings, httpRules(service), 'spec.http');
  for (const { rule, match, cover, at } of coveringPrefixes(service.http, fresh)) {
    const message = `virtualService rule ${rule} match ${match} is not used (duplicate/overlapping match in rule ${cover})`;
    warn(findings, 'rule-ineffective', `spec.http.${at}`, message);
  }
  warnOfRepeats(findings, plainRules(service.tcp), 'spec.tcp');
  warnOfRepeats(findings, plainRules(service.tls), 'spec.tls');
}
