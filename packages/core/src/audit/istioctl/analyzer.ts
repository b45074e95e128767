import type { AnalysisContext } from './analysis-context';
import type { AnalysisMessage, MessageCode } from './message';

/** One of istioctl's analyzers: which codes it reports, the kinds it looks at, and a pure function. */
export interface Analyzer {
  /** Upstream name, below `pkg/config/analysis/analyzers`. */
  readonly name: string;
  readonly codes: readonly MessageCode[];
  /** First Istio version that has it, when it is younger than the oldest modelled one. */
  readonly since?: string;
  readonly analyze: (context: AnalysisContext) => Iterable<AnalysisMessage>;
}
