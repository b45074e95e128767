import type { Origin } from '../../origin';
import type { DestinationRule, Labels, Subset, TrafficPolicy } from '../../resources';

/** DestinationRules of one host merged into one (`pilot/pkg/model/push_context.go:ConsolidatedDestRule`). */
export interface MergedDestinationRule {
  /** Full name, or a wildcard. */
  readonly host: string;
  readonly namespace: string;
  readonly trafficPolicy?: TrafficPolicy;
  /** The rule that gave `trafficPolicy`. */
  readonly policyFrom?: DestinationRule;
  readonly subsets: readonly MergedSubset[];
  readonly workloadSelector?: Labels;
  /** Namespaces as written; empty means the default. */
  readonly exportTo: ReadonlySet<string>;
  /** In merge order; the first is the base. */
  readonly from: readonly DestinationRule[];
  readonly origin: Origin;
}

export type MergedSubset = Subset & { readonly origin: Origin };
