import type { Labels, Resource } from './resource';

export interface ProxyConfigSpec {
  readonly selector?: { readonly matchLabels: Labels };
  readonly concurrency?: number;
  readonly environmentVariables?: Labels;
  readonly imageType?: string;
}
export type ProxyConfig = Resource<'ProxyConfig', ProxyConfigSpec>;
