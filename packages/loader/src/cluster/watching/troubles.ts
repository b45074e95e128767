import type { ClusterError } from '../cluster-error';

/** Gathers the troubles of many lists into one. */
export class Troubles {
  readonly #errors = new Map<string, ClusterError>();

  constructor(private readonly onTrouble: (error: ClusterError | undefined) => void) {}

  /** The list with this key is in trouble, or no longer. */
  set(key: string, error: ClusterError | undefined): void {
    const before = this.#errors.size;
    if (error === undefined) this.#errors.delete(key);
    else this.#errors.set(key, error);
    if (before === 0 && error !== undefined) this.onTrouble(error);
    if (before > 0 && this.#errors.size === 0) this.onTrouble(undefined);
  }
}
