import { type Cursor, field } from './decode/cursor';
import { compact, integer, message, text, textMap } from './decode/scalars';
import type { Labels, Resource } from './resource';

export interface ProxyConfigSpec {
  readonly selector?: { readonly matchLabels: Labels };
  readonly concurrency?: number;
  readonly environmentVariables?: Labels;
  readonly imageType?: string;
}
export type ProxyConfig = Resource<'ProxyConfig', ProxyConfigSpec>;

export function readProxyConfig(spec: Cursor): ProxyConfigSpec {
  const variables = field(spec, 'environmentVariables');
  return compact({
    selector: message(field(spec, 'selector'), item => ({
      matchLabels: textMap(field(item, 'matchLabels')),
    })),
    concurrency: integer(field(spec, 'concurrency')),
    environmentVariables: variables.value === undefined ? undefined : textMap(variables),
    imageType: text(field(field(spec, 'image'), 'imageType')),
  });
}
