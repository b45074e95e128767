import type { SimulateOptions } from '../options';
import type { Alternative, Trace } from '../trace';

/** A trace, and the choices that led to it. */
export interface Explored {
  readonly cluster: string;
  readonly weight: number;
  readonly endpoint?: string;
  readonly trace: Trace;
}

type Simulate = (options: SimulateOptions) => OpenTrace;

/** A trace of one way, with the choices that were open on it. */
export interface OpenTrace {
  readonly trace: Trace;
  readonly clusters: readonly { readonly cluster: string; readonly weight: number }[];
  /** One of each kind, as `ip:port`. */
  readonly endpoints: readonly string[];
}

function exploreEndpoints(
  way: Omit<Explored, 'trace' | 'endpoint'>,
  open: OpenTrace,
  options: SimulateOptions,
  simulate: Simulate,
): readonly Explored[] {
  if (open.endpoints.length < 2) return [{ ...way, trace: open.trace }];
  return open.endpoints.map(endpoint => ({
    ...way,
    endpoint,
    trace: simulate({ ...options, endpoint }).trace,
  }));
}

/** Every way that a call may take: each cluster with a weight, each kind of endpoint; the one shown first. */
export function explore(
  first: OpenTrace,
  options: SimulateOptions,
  simulate: Simulate,
): readonly Explored[] {
  const weighted = first.clusters.filter(({ weight }) => weight > 0);
  if (weighted.length < 2 || options.weightedCluster !== undefined) {
    const cluster = first.trace.symptom.cluster ?? '';
    return exploreEndpoints({ cluster, weight: 100 }, first, options, simulate);
  }
  const ordered = [...weighted].sort((a, b) => b.weight - a.weight);
  return ordered.flatMap(way => {
    const chosen = { ...options, weightedCluster: way.cluster };
    return exploreEndpoints(way, simulate(chosen), chosen, simulate);
  });
}

export function alternativeOf({ cluster, weight, endpoint, trace }: Explored): Alternative {
  const { disposition, symptom } = trace;
  return {
    cluster,
    weight,
    ...(endpoint !== undefined && { endpoint }),
    disposition,
    code: symptom.code,
    summary: symptom.summary,
  };
}
