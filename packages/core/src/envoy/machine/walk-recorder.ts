import type { ChosenCluster, EnvoyOutcome, EnvoyStep, EnvoyWalk } from './walk';

export interface RunOptions {
  /**
   * Goes on after a step that blocks, as far as Envoy's configuration says what would follow. Steps after the first
   * block are hypothetical; the outcome stays that of the first block.
   */
  readonly permit?: boolean;
}

type Found = Omit<
  EnvoyWalk,
  'outcome' | 'steps' | 'clusters' | 'tlsTerminated' | 'status' | 'uncertain'
>;

/** What ends a call: the outcome, and for an answer of Envoy's own its status. */
export interface Ending {
  readonly outcome: EnvoyOutcome;
  readonly status?: number;
  readonly uncertain?: string;
}

type NewStep = Omit<EnvoyStep, 'candidates'> & Partial<Pick<EnvoyStep, 'candidates'>>;

/** Collects the steps of one call. */
export interface WalkRecorder {
  /** Notes what a stage found, for the walk's named members. */
  readonly found: (part: Partial<Found>) => void;
  readonly foundClusters: (clusters: readonly ChosenCluster[]) => void;
  readonly terminatedTls: () => void;
  readonly step: (step: NewStep) => void;
  /** A step that ends the call; true when the walk goes on all the same (permit mode). */
  readonly block: (step: NewStep, ending: Ending) => boolean;
  readonly finish: (ending: Ending) => EnvoyWalk;
}

export function recordWalk(options: RunOptions): WalkRecorder {
  const steps: EnvoyStep[] = [];
  let found: Partial<Found> = {};
  let clusters: readonly ChosenCluster[] = [];
  let tlsTerminated = false;
  let ended: Ending | undefined;
  const add = (step: NewStep) => {
    const full: EnvoyStep = { candidates: [], ...step };
    steps.push(ended === undefined ? full : { ...full, hypothetical: true });
  };
  return {
    found: part => {
      found = { ...found, ...part };
    },
    foundClusters: chosen => {
      clusters = chosen;
    },
    terminatedTls: () => {
      tlsTerminated = true;
    },
    step: add,
    block: (step, ending) => {
      add({ ...step, blocks: true, ends: ending.outcome });
      ended ??= ending;
      return options.permit === true;
    },
    finish: ending => ({ ...found, ...(ended ?? ending), steps, clusters, tlsTerminated }),
  };
}
