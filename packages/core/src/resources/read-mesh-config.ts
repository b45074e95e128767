import { readClientTls } from './client-tls';
import { type Cursor, field, isObject, present } from './decode/cursor';
import {
  boolean,
  compact,
  duration,
  enumeration,
  integer,
  list,
  message,
  optionalTexts,
  text,
  textMap,
} from './decode/scalars';
import type { MeshConfig, ProxyConfigMessage } from './mesh-config';
import { readSelector } from './resource';
import { readEgressProxy } from './sidecar';

const interceptionModes = ['REDIRECT', 'TPROXY', 'NONE'] as const;
const outboundModes = ['REGISTRY_ONLY', 'ALLOW_ANY', undefined, 'ALLOW_ANY_DYNAMIC_DNS'] as const;
const inboundModes = ['PASSTHROUGH', 'LOCALHOST'] as const;

/** Istio's defaults (`pkg/config/mesh/mesh.go:DefaultMeshConfig`, `DefaultProxyConfig`). */
export const defaultMeshConfig: MeshConfig = {
  outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
  inboundTrafficPolicy: { mode: 'PASSTHROUGH' },
  defaultServiceExportTo: ['*'],
  defaultVirtualServiceExportTo: ['*'],
  defaultDestinationRuleExportTo: ['*'],
  discoverySelectors: [],
  rootNamespace: 'istio-system',
  trustDomain: 'cluster.local',
  trustDomainAliases: [],
  connectTimeoutMs: 10_000,
  protocolDetectionTimeoutMs: 0,
  proxyListenPort: 15001,
  proxyInboundListenPort: 15006,
  proxyHttpPort: 0,
  enableAutoMtls: true,
  enablePrometheusMerge: true,
  dnsRefreshRateMs: 60_000,
  defaultConfig: { interceptionMode: 'REDIRECT', statusPort: 15020, proxyAdminPort: 15000 },
  rest: {},
};

/** Fields with a place in `MeshConfig`; what else the text has goes to `rest`. */
const modelled = new Set([
  ...Object.keys(defaultMeshConfig),
  'serviceEntryVisibility',
  'ingressClass',
  'defaultHttpRetryPolicy',
  'pathNormalization',
  'connectTimeout',
  'protocolDetectionTimeout',
  'dnsRefreshRate',
]);

/** `ProxyConfig` message: mesh `defaultConfig` or the annotation `proxy.istio.io/config`. Only what is given. */
export function readProxyConfigMessage(cursor: Cursor): ProxyConfigMessage {
  const metadata = field(cursor, 'proxyMetadata');
  const image = field(cursor, 'image').value;
  return compact({
    interceptionMode: enumeration(field(cursor, 'interceptionMode'), interceptionModes),
    proxyMetadata: present(metadata) ? textMap(metadata) : undefined,
    holdApplicationUntilProxyStarts: boolean(field(cursor, 'holdApplicationUntilProxyStarts')),
    statusPort: integer(field(cursor, 'statusPort')),
    proxyAdminPort: integer(field(cursor, 'proxyAdminPort')),
    discoveryAddress: text(field(cursor, 'discoveryAddress')),
    drainDuration: text(field(cursor, 'drainDuration')),
    parentShutdownDuration: text(field(cursor, 'parentShutdownDuration')),
    terminationDrainDuration: text(field(cursor, 'terminationDrainDuration')),
    concurrency: integer(field(cursor, 'concurrency')),
    image: isObject(image) ? image : undefined,
  });
}

function readOutboundPolicy(cursor: Cursor): MeshConfig['outboundTrafficPolicy'] {
  return compact({
    mode: enumeration(field(cursor, 'mode'), outboundModes) ?? 'REGISTRY_ONLY',
    tls: message(field(cursor, 'tls'), readClientTls),
    egressProxy: message(field(cursor, 'egressProxy'), readEgressProxy),
  });
}

const rest = (cursor: Cursor) =>
  isObject(cursor.value)
    ? Object.fromEntries(Object.entries(cursor.value).filter(([key]) => !modelled.has(key)))
    : {};

const record = (cursor: Cursor) => (isObject(cursor.value) ? cursor.value : undefined);

/** Merges a text over Istio's defaults: nested messages replace, `defaultConfig` merges field by field. */
export function readMeshConfig(cursor: Cursor): MeshConfig {
  const at = (name: keyof MeshConfig) => field(cursor, name);
  const defaults = defaultMeshConfig;
  const selectors = at('discoverySelectors');
  const proxy = message(at('defaultConfig'), readProxyConfigMessage) ?? {};
  const retries = message(at('defaultHttpRetryPolicy'), item => ({
    attempts: integer(field(item, 'attempts')) ?? 0,
  }));
  return compact({
    outboundTrafficPolicy:
      message(at('outboundTrafficPolicy'), readOutboundPolicy) ?? defaults.outboundTrafficPolicy,
    inboundTrafficPolicy:
      message(at('inboundTrafficPolicy'), item => ({
        mode: enumeration(field(item, 'mode'), inboundModes) ?? ('PASSTHROUGH' as const),
      })) ?? defaults.inboundTrafficPolicy,
    defaultServiceExportTo: optionalTexts(at('defaultServiceExportTo')) ?? ['*'],
    defaultVirtualServiceExportTo: optionalTexts(at('defaultVirtualServiceExportTo')) ?? ['*'],
    defaultDestinationRuleExportTo: optionalTexts(at('defaultDestinationRuleExportTo')) ?? ['*'],
    serviceEntryVisibility: record(at('serviceEntryVisibility')),
    discoverySelectors: present(selectors) ? list(selectors, readSelector) : [],
    rootNamespace: text(at('rootNamespace')) || defaults.rootNamespace,
    trustDomain: text(at('trustDomain')) || defaults.trustDomain,
    trustDomainAliases: optionalTexts(at('trustDomainAliases')) ?? [],
    connectTimeoutMs: duration(field(cursor, 'connectTimeout')) ?? defaults.connectTimeoutMs,
    protocolDetectionTimeoutMs:
      duration(field(cursor, 'protocolDetectionTimeout')) ?? defaults.protocolDetectionTimeoutMs,
    proxyListenPort: integer(at('proxyListenPort')) ?? defaults.proxyListenPort,
    proxyInboundListenPort:
      integer(at('proxyInboundListenPort')) ?? defaults.proxyInboundListenPort,
    proxyHttpPort: integer(at('proxyHttpPort')) ?? defaults.proxyHttpPort,
    enableAutoMtls: boolean(at('enableAutoMtls')) ?? defaults.enableAutoMtls,
    enablePrometheusMerge: boolean(at('enablePrometheusMerge')) ?? defaults.enablePrometheusMerge,
    dnsRefreshRateMs: duration(field(cursor, 'dnsRefreshRate')) ?? defaults.dnsRefreshRateMs,
    ingressClass: text(at('ingressClass')),
    defaultConfig: { ...defaults.defaultConfig, ...proxy },
    defaultHttpRetryPolicy: retries,
    pathNormalization: text(field(at('pathNormalization'), 'normalization')),
    rest: rest(cursor),
  });
}

/** Dotted paths of the leaves that the text sets. */
export function setPaths(value: unknown, prefix = '', depth = 0): readonly string[] {
  if (!isObject(value) || depth > 4) return prefix === '' ? [] : [prefix];
  const keys = Object.keys(value);
  if (keys.length === 0 && prefix !== '') return [prefix];
  return keys.flatMap(key =>
    setPaths(value[key], prefix === '' ? key : `${prefix}.${key}`, depth + 1),
  );
}
