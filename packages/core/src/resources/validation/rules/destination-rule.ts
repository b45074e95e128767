import type { ValueOf } from '../../schema';
import type { destinationRuleSchema } from '../../schema/kinds/destination-rule';
import { type Findings, reject, rejectIf, warn, withoutWarnings } from '../findings';
import type { Subject } from '../subject';
import { checkWildcardDomain } from '../syntax/dns-name';
import { validateExportTo } from '../syntax/export-to';
import { validateLabels } from '../syntax/label';
import { selectsEverything, validateSelectorLabels, withoutLabels } from '../syntax/selector';
import { checkSubsetName } from './destination';
import { validateTrafficPolicy } from './traffic-policy';

type DestinationRuleMessage = ValueOf<typeof destinationRuleSchema>;

function validateSubsets(
  findings: Findings,
  subsets: DestinationRuleMessage['subsets'],
  namespace: string,
): void {
  const names = new Set<string>();
  subsets.forEach((subset, at) => {
    const path = `spec.subsets.${at}`;
    if (names.has(subset.name)) {
      const message = `duplicate subset names: ${subset.name}`;
      reject(findings, 'duplicate', `${path}.name`, message);
    }
    names.add(subset.name);
    rejectIf(findings, 'name-invalid', `${path}.name`, checkSubsetName(subset.name));
    validateLabels(findings, subset.labels, `${path}.labels`);
    const place = { path: `${path}.trafficPolicy`, namespace };
    withoutWarnings(findings, inner => validateTrafficPolicy(inner, subset.trafficPolicy, place));
  });
}

/** A selector of the `matchLabels` form: no empty key, no wildcard, a warning when it names nothing. */
export function validateWorkloadSelector(
  findings: Findings,
  selector: { readonly matchLabels: ReadonlyMap<string, string> | undefined } | undefined,
  path: string,
): void {
  if (selector === undefined) return;
  validateSelectorLabels(findings, selector.matchLabels, `${path}.matchLabels`);
  if (selectsEverything(selector.matchLabels)) {
    warn(findings, 'selector-invalid', path, withoutLabels);
  }
}

/** `ValidateDestinationRule`. */
export function validateDestinationRule(
  findings: Findings,
  subject: Subject,
  rule: DestinationRuleMessage,
): void {
  const { namespace } = subject;
  rejectIf(findings, 'host-invalid', 'spec.host', checkWildcardDomain(rule.host));
  validateTrafficPolicy(findings, rule.trafficPolicy, { path: 'spec.trafficPolicy', namespace });
  validateSubsets(findings, rule.subsets, namespace);
  const selecting = rule.workloadSelector !== undefined;
  validateExportTo(findings, { namespace, entries: rule.exportTo, selecting }, 'spec.exportTo');
  validateWorkloadSelector(findings, rule.workloadSelector, 'spec.workloadSelector');
}
