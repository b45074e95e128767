import type { Origin } from '../origin';
import {
  type Labels,
  type ProxyConfig,
  type ProxyConfigMessage,
  refOf,
  scalarText,
} from '../resources';
import { type ProxyConfigAnnotation, readProxyConfigAnnotation } from './proxy-config-annotation';

/** The effective proxy configuration of one workload, and what gave each field. */
export interface ProxySettings {
  readonly config: ProxyConfigMessage & {
    readonly interceptionMode: 'REDIRECT' | 'TPROXY' | 'NONE';
    readonly statusPort: number;
    readonly proxyMetadata: Readonly<Record<string, string>>;
  };
  /** Origin of a field, for example `interceptionMode` or `proxyMetadata.ISTIO_META_DNS_CAPTURE`. */
  readonly origin: (path: string) => Origin;
  /** The annotation cannot be read: the injector rejects the pod; the settings are without it. */
  readonly annotationError?: string;
}

export interface ProxySettingsInput {
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  /** Origin of the annotation `proxy.istio.io/config`. */
  readonly annotationOrigin: Origin;
  readonly proxyConfigs: readonly ProxyConfig[];
  readonly rootNamespace: string;
  /** The mesh's `defaultConfig`, and the origin of its fields. */
  readonly meshDefault: ProxyConfigMessage;
  readonly meshOrigin: (path: string) => Origin;
}

interface Layer {
  readonly config: ProxyConfigMessage;
  readonly origin: (path: string) => Origin;
}

const annotationName = 'proxy.istio.io/config';

/**
 * Merges the layers of the proxy configuration, lowest first: defaults, mesh `defaultConfig`, ProxyConfig of the root
 * namespace, of the pod's namespace, the annotation, ProxyConfig with a matching selector
 * (`pilot/pkg/model/proxy_config.go:EffectiveProxyConfig`). proxyMetadata is merged by key; a zero value is lost.
 */
export function mergeProxySettings(input: ProxySettingsInput): ProxySettings {
  const text = Object.hasOwn(input.annotations, annotationName)
    ? (input.annotations[annotationName] ?? '')
    : undefined;
  const annotation: ProxyConfigAnnotation =
    text === undefined ? { kind: 'config', config: {} } : readProxyConfigAnnotation(text);
  const { namespace, rootNamespace } = input;
  const layers: readonly (Layer | undefined)[] = [
    { config: input.meshDefault, origin: input.meshOrigin },
    layerOf(oldest(input.proxyConfigs, rootNamespace, hasNoSelector)),
    namespace === rootNamespace
      ? undefined
      : layerOf(oldest(input.proxyConfigs, namespace, hasNoSelector)),
    annotation.kind === 'config'
      ? { config: annotation.config, origin: () => input.annotationOrigin }
      : undefined,
    layerOf(oldest(input.proxyConfigs, namespace, config => selects(config, input.labels))),
  ];
  const settings = merge(layers.filter(layer => layer !== undefined));
  return annotation.kind === 'config'
    ? settings
    : { ...settings, annotationError: annotation.message };
}

const defaults = { interceptionMode: 'REDIRECT', statusPort: 15020 } as const;

function merge(layers: readonly Layer[]): ProxySettings {
  const values = new Map<string, unknown>(Object.entries(defaults));
  const metadata = new Map<string, string>();
  const origins = new Map<string, Origin>();
  for (const { config, origin } of layers) {
    for (const [name, value] of Object.entries(config)) {
      if (name === 'proxyMetadata' || isZero(name, value)) continue;
      values.set(name, value);
      origins.set(name, origin(name));
    }
    for (const [key, value] of Object.entries(config.proxyMetadata ?? {})) {
      metadata.set(key, value);
      origins.set(`proxyMetadata.${key}`, origin(`proxyMetadata.${key}`));
    }
  }
  const merged: ProxyConfigMessage = Object.fromEntries(values);
  return {
    config: {
      ...merged,
      interceptionMode: merged.interceptionMode ?? defaults.interceptionMode,
      statusPort: merged.statusPort ?? defaults.statusPort,
      proxyMetadata: Object.fromEntries(metadata),
    },
    origin: path => origins.get(path) ?? defaultOrigin(path, values),
  };
}

function defaultOrigin(path: string, values: ReadonlyMap<string, unknown>): Origin {
  return { kind: 'default', default: `defaultConfig.${path}=${scalarText(values.get(path))}` };
}

/** protobuf cannot tell a zero value from an absent one, except in wrapper messages such as BoolValue. */
function isZero(name: string, value: unknown): boolean {
  if (name === 'interceptionMode') return value === 'REDIRECT';
  return value === undefined || value === '' || value === 0;
}

function oldest(
  configs: readonly ProxyConfig[],
  namespace: string,
  wanted: (config: ProxyConfig) => boolean,
): ProxyConfig | undefined {
  return configs
    .filter(config => config.metadata.namespace === namespace && wanted(config))
    .reduce<ProxyConfig | undefined>(
      (first, config) => (first === undefined || isOlder(config, first) ? config : first),
      undefined,
    );
}

/** By creation time, then by name, as the config store sorts (`pilot/pkg/model/config.go:sortConfigByCreationTime`). */
function isOlder(a: ProxyConfig, b: ProxyConfig): boolean {
  const [left = '', right = ''] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  return left === right ? a.metadata.name < b.metadata.name : left < right;
}

function hasNoSelector(config: ProxyConfig): boolean {
  return config.spec.selector === undefined;
}

function selects(config: ProxyConfig, labels: Labels): boolean {
  const wanted = Object.entries(config.spec.selector?.matchLabels ?? {});
  return (
    wanted.length > 0 &&
    wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
  );
}

function layerOf(resource: ProxyConfig | undefined): Layer | undefined {
  if (resource === undefined) return undefined;
  const { concurrency, environmentVariables, imageType } = resource.spec;
  return {
    config: {
      ...(concurrency !== undefined && { concurrency }),
      ...(environmentVariables !== undefined && { proxyMetadata: environmentVariables }),
      ...(imageType !== undefined && { image: { imageType } }),
    },
    origin: path => ({
      kind: 'object',
      object: refOf(resource),
      path: `spec.${path.replace(/^proxyMetadata/, 'environmentVariables')}`,
      source: resource.source,
    }),
  };
}
