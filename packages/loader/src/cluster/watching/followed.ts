import type { ListTarget } from '../listing';
import { newState, type Reading, type TargetState, targetKey } from '../listing';
import { followTarget } from './follow-target';
import type { Troubles } from './troubles';

/** Whom the lists that are followed tell. */
export interface Listeners {
  readonly onChange: () => void;
  readonly troubles: Troubles;
  /** An error that no failure of the cluster explains. */
  readonly onError: (error: unknown) => void;
}

/** The lists that are followed, each until it is dropped. */
export class Followed {
  readonly #states = new Map<string, TargetState>();
  readonly #stops = new Map<string, AbortController>();
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly reading: Reading,
    private readonly listeners: Listeners,
  ) {}

  get states(): readonly TargetState[] {
    return [...this.#states.values()];
  }

  /** Follows a list, from the state that was read of it when there is one; nothing when it is followed already. */
  start(target: ListTarget, state: TargetState = newState(target)): void {
    const key = targetKey(target);
    if (this.#states.has(key)) return;
    const { signal } = this.reading;
    const { onChange, troubles, onError } = this.listeners;
    const stop = new AbortController();
    const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    this.#states.set(key, state);
    this.#stops.set(key, stop);
    const running = followTarget(
      state,
      { ...this.reading, signal: either },
      { onChange, onTrouble: error => troubles.set(key, error) },
    )
      .catch(onError)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  drop({ target }: TargetState): void {
    const key = targetKey(target);
    this.#stops.get(key)?.abort();
    this.#stops.delete(key);
    this.#states.delete(key);
    this.listeners.troubles.set(key, undefined);
  }

  /** Resolves when no list is followed any more. */
  async ended(): Promise<void> {
    await Promise.all(this.#running);
  }
}
