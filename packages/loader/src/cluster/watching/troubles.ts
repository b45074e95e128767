import type { ClusterError } from '../cluster-error';

/** Gathers the troubles of many lists into one: that of the list which is in trouble longest, as it is now. */
export class Troubles {
  readonly #errors = new Map<string, ClusterError>();
  #told: ClusterError | undefined;

  constructor(private readonly onTrouble: (error: ClusterError | undefined) => void) {}

  /** The list with this key is in trouble, or no longer. */
  set(key: string, error: ClusterError | undefined): void {
    if (error === undefined) this.#errors.delete(key);
    else this.#errors.set(key, error);
    const [longest] = this.#errors.values();
    if (longest?.message === this.#told?.message) return;
    this.#told = longest;
    this.onTrouble(longest);
  }
}
