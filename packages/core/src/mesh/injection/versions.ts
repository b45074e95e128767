/** What differs between Istio releases in the injector's decision. */
export interface InjectionVersion {
  /**
   * `exact`: only `true` and `false` decide, any other value of `sidecar.istio.io/inject` is like none. `yaml`: case is
   * ignored, y, yes, true, on mean true and every other non-empty value false (before upstream 331d32e30a3).
   */
  readonly injectValues: 'exact' | 'yaml';
}

/** The rules of a release, given as `major.minor`; newer than the newest modelled means the newest. */
export function injectionVersion(istio: string): InjectionVersion {
  const minor = Number(/^1\.(\d+)/.exec(istio)?.[1] ?? Number.NaN);
  return { injectValues: minor <= 26 ? 'yaml' : 'exact' };
}
