import type { Setting } from '../options/option';
import type { InjectedContainer } from './injected-pod';

/** What a rendered injection template lays over the pod. */
export interface RenderedTemplate {
  readonly annotations: ReadonlyMap<string, Setting>;
  readonly initContainers: readonly InjectedContainer[];
  readonly containers: readonly InjectedContainer[];
}
