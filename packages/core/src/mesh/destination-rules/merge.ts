import type { DestinationRule, Labels } from '../../resources';
import { labelsEqual } from '../labels';
import { originOf } from '../registry/kubernetes-service';
import type { MergedDestinationRule, MergedSubset } from './merged-destination-rule';

type ExportSet = ReadonlySet<string>;

const isSubset = (a: ExportSet, b: ExportSet) => [...a].every(item => b.has(item));
const equalSets = (a: ExportSet, b: ExportSet) => a.size === b.size && isSubset(a, b);

const subsetsOf = (rule: DestinationRule): readonly MergedSubset[] =>
  rule.spec.subsets.map((subset, index) => ({
    ...subset,
    origin: originOf(rule, `spec.subsets.${index}`),
  }));

/** A rule by itself, before others of its host join it. */
export function asMerged(
  rule: DestinationRule,
  host: string,
  exportTo: ExportSet,
): MergedDestinationRule {
  const { trafficPolicy, workloadSelector } = rule.spec;
  return {
    host,
    namespace: rule.metadata.namespace ?? '',
    ...(trafficPolicy === undefined ? {} : { trafficPolicy, policyFrom: rule }),
    subsets: subsetsOf(rule),
    ...(workloadSelector === undefined ? {} : { workloadSelector: workloadSelector.labels }),
    exportTo,
    from: [rule],
    origin: originOf(rule, ''),
  };
}

/** Subsets of new names join, the first traffic policy stays. */
function join(existing: MergedDestinationRule, rule: DestinationRule): MergedDestinationRule {
  const names = new Set(existing.subsets.map(({ name }) => name));
  const added = subsetsOf(rule).filter(({ name }) => !names.has(name));
  const { trafficPolicy } = rule.spec;
  const policy =
    existing.trafficPolicy === undefined && trafficPolicy !== undefined
      ? { trafficPolicy, policyFrom: rule }
      : {};
  return {
    ...existing,
    ...policy,
    subsets: [...existing.subsets, ...added],
    from: [...existing.from, rule],
  };
}

interface Step {
  readonly merges: boolean;
  /** Whether the rule is also kept on its own; `undefined` leaves what earlier entries said. */
  readonly keep?: boolean;
}

function compareSelectors(existing: Labels | undefined, added: Labels | undefined): Step {
  if (existing !== undefined && added !== undefined && !labelsEqual(existing, added)) {
    return { merges: false, keep: true };
  }
  const alike = (existing === undefined) === (added === undefined);
  return alike ? { merges: true, keep: false } : { merges: true };
}

function decide(
  existing: MergedDestinationRule,
  rule: DestinationRule,
  exportTo: ExportSet,
  enhanced: boolean,
): Step {
  const selectors = compareSelectors(existing.workloadSelector, rule.spec.workloadSelector?.labels);
  if (!enhanced) return selectors;
  const same = equalSets(existing.exportTo, exportTo);
  const wider = existing.exportTo.size > 0 && isSubset(existing.exportTo, exportTo);
  if (!same && !wider) return { merges: false, keep: true };
  return { ...selectors, keep: selectors.keep ?? !same };
}

/**
 * Adds a rule to those of the same host (`pilot/pkg/model/destination_rule.go:mergeDestinationRule`). Without
 * ENABLE_ENHANCED_DESTINATIONRULE_MERGE the `exportTo` sets are not compared.
 */
export function mergeDestinationRule(
  existing: readonly MergedDestinationRule[],
  rule: DestinationRule,
  host: string,
  exportTo: ExportSet,
  enhanced: boolean,
): readonly MergedDestinationRule[] {
  let keep = true;
  const merged = existing.map(item => {
    const step = decide(item, rule, exportTo, enhanced);
    keep = step.keep ?? keep;
    return step.merges ? join(item, rule) : item;
  });
  return keep ? [...merged, asMerged(rule, host, exportTo)] : merged;
}
