import type { ProxyIds } from '../injector/proxy-ids';
import type { Setting } from '../options/option';
import type { InjectedContainer } from '../pod/injected-pod';
import type { InterceptionVersion } from '../versions';
import type { AnnotationReader, TrafficOptions } from './traffic-options';

/** What a rendered injection template lays over the pod. */
export interface RenderedTemplate {
  readonly annotations: ReadonlyMap<string, Setting>;
  readonly initContainers: readonly InjectedContainer[];
  readonly containers: readonly InjectedContainer[];
}

/** What the templates read besides the input. */
export interface TemplateFacts {
  /** An annotation of the pod. */
  readonly annotation: AnnotationReader;
  readonly options: TrafficOptions;
  readonly ids: ProxyIds;
  readonly native: boolean;
  readonly version: InterceptionVersion;
}
