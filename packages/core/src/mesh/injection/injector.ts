import type { Origin } from '../../origin';
import type { LabelSelector } from '../../resources';

/** What one istiod's injector is told (ConfigMap `istio-sidecar-injector`). */
export interface InjectorConfig {
  readonly policy: string;
  readonly neverInjectSelector: readonly LabelSelector[];
  readonly alwaysInjectSelector: readonly LabelSelector[];
}

/** One istiod that injects. */
export interface Injector {
  /** Name of its Service, `istiod` or `istiod-<revision>`. */
  readonly service: string;
  /** `istio.io/rev` of what it injects; `default` without a revision. */
  readonly revision: string;
  readonly config: InjectorConfig;
  /** What gave a field of the configuration, by its Helm path. */
  readonly origin: (field: 'policy' | 'neverInjectSelector' | 'alwaysInjectSelector') => Origin;
}

/** One webhook of a MutatingWebhookConfiguration, and the injector that it calls. */
export interface InjectionWebhook {
  /** Name of the MutatingWebhookConfiguration: the API server calls them in this order. */
  readonly configuration: string;
  readonly name: string;
  readonly namespaceSelector: LabelSelector;
  readonly objectSelector: LabelSelector;
  /** Service of the injector. */
  readonly service: string;
}

/** The injectors of a cluster and the webhooks that call them. */
export interface InjectionSetup {
  readonly webhooks: readonly InjectionWebhook[];
  readonly injectors: readonly Injector[];
}
