import type { AnalysisContext } from './analysis-context';
import { isRecord, parseJson } from './json';

/** What the analyzers read of an injector's ConfigMap (`istio-sidecar-injector[-revision]`, key `values`). */
export interface InjectorConfig {
  readonly proxyImage: string;
  readonly enableNamespacesByDefault: boolean;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const record = (value: unknown) => (isRecord(value) ? value : {});

function injectorConfig(values: unknown): InjectorConfig {
  const global = record(record(values).global);
  const image = text(record(global.proxy).image);
  const webhook = record(record(values).sidecarInjectorWebhook);
  return {
    proxyImage: image.includes('/') ? image : `${text(global.hub)}/${image}:${text(global.tag)}`,
    enableNamespacesByDefault: webhook.enableNamespacesByDefault === true,
  };
}

/** Injector configurations by the name of their ConfigMap. */
export function injectorConfigs({
  resources,
}: AnalysisContext): ReadonlyMap<string, InjectorConfig> {
  const maps = resources.other.filter(
    item => item.kind === 'ConfigMap' && item.metadata.name.startsWith('istio-sidecar-injector'),
  );
  return new Map(
    maps.map(item => [
      item.metadata.name,
      injectorConfig(parseJson(text(record(record(item.spec).data).values))),
    ]),
  );
}

/** Name of the ConfigMap of a revision (`util.GetInjectorConfigMapName`). */
export function injectorConfigName(revision: string): string {
  return revision === '' || revision === 'default'
    ? 'istio-sidecar-injector'
    : `istio-sidecar-injector-${revision}`;
}
