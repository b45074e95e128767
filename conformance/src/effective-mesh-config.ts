import type { ObjectVerdict } from '@sidetrace/core/testing';
import type { JsonObject } from './suite';

type MeshConfig = NonNullable<ObjectVerdict['meshConfig']>;
type Proxy = NonNullable<MeshConfig['defaultConfig']>;
type Duration = NonNullable<MeshConfig['connectTimeout']>;
type Selector = MeshConfig['discoverySelectors'][number];
type Visibility = NonNullable<MeshConfig['serviceEntryVisibility']>;

/** A duration as protobuf's JSON form writes it: 0, 3, 6 or 9 decimals. */
function durationText(duration: Duration | undefined): string {
  const { seconds, nanos } = duration ?? { seconds: 0, nanos: 0 };
  const sign = seconds < 0 || nanos < 0 ? '-' : '';
  const digits = `${Math.abs(nanos)}`.padStart(9, '0').replace(/(?:000){1,3}$/, '');
  return `${sign}${Math.abs(seconds)}${digits === '' ? '' : `.${digits}`}s`;
}

/** Leaves out what protobuf's JSON form leaves out: zero, empty, absent. */
function present(fields: Readonly<Record<string, unknown>>): JsonObject {
  const isZero = (value: unknown) =>
    value === undefined ||
    value === '' ||
    value === 0 ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (value instanceof Map && value.size === 0);
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => !isZero(value))
      .map(([key, value]) => [key, value instanceof Map ? Object.fromEntries(value) : value]),
  );
}

const selector = ({ matchLabels, matchExpressions }: Selector) =>
  present({ matchLabels, matchExpressions: matchExpressions.map(present) });

const isUnset = (word: string | number) => word === 0 || word === 'VISIBILITY_UNSPECIFIED';
const word = (value: string | number) => (isUnset(value) ? undefined : value);

const visibility = ({ defaultVisibility, applyToSidecars, policies }: Visibility) =>
  present({
    defaultVisibility: word(defaultVisibility),
    applyToSidecars,
    policies: policies.map(policy =>
      present({
        visibility: word(policy.visibility),
        matchingRules: policy.matchingRules.map(rule =>
          rule.namespaceSelector === undefined
            ? {}
            : { namespaceSelector: selector(rule.namespaceSelector) },
        ),
      }),
    ),
  });

function proxyConfig(proxy: Proxy): JsonObject {
  const { holdApplicationUntilProxyStarts: hold, concurrency } = proxy;
  return {
    ...present({
      discoveryAddress: proxy.discoveryAddress,
      proxyAdminPort: proxy.proxyAdminPort,
      statusPort: proxy.statusPort,
      proxyMetadata: proxy.proxyMetadata,
    }),
    interceptionMode: `${proxy.interceptionMode}`,
    ...(hold === undefined ? {} : { holdApplicationUntilProxyStarts: hold }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

/** The fields that the recording shows of a mesh configuration. */
export function effectiveMeshConfig(mesh: MeshConfig): JsonObject {
  const outbound = mesh.outboundTrafficPolicy;
  return {
    ...present({
      defaultServiceExportTo: mesh.defaultServiceExportTo,
      defaultVirtualServiceExportTo: mesh.defaultVirtualServiceExportTo,
      defaultDestinationRuleExportTo: mesh.defaultDestinationRuleExportTo,
      discoverySelectors: mesh.discoverySelectors.map(selector),
      proxyListenPort: mesh.proxyListenPort,
      proxyInboundListenPort: mesh.proxyInboundListenPort,
      proxyHttpPort: mesh.proxyHttpPort,
      rootNamespace: mesh.rootNamespace,
      trustDomain: mesh.trustDomain,
      trustDomainAliases: mesh.trustDomainAliases,
    }),
    connectTimeout: durationText(mesh.connectTimeout),
    protocolDetectionTimeout: durationText(mesh.protocolDetectionTimeout),
    dnsRefreshRate: durationText(mesh.dnsRefreshRate),
    enableAutoMtls: mesh.enableAutoMtls,
    inboundTrafficPolicy: { mode: `${mesh.inboundTrafficPolicy?.mode ?? 'PASSTHROUGH'}` },
    outboundTrafficPolicy: {
      mode: `${outbound?.mode ?? 'REGISTRY_ONLY'}`,
      ...(outbound?.tls === undefined ? {} : { tls: { mode: `${outbound.tls.mode}` } }),
    },
    ...(mesh.serviceEntryVisibility === undefined
      ? {}
      : { serviceEntryVisibility: visibility(mesh.serviceEntryVisibility) }),
    ...(mesh.defaultConfig === undefined ? {} : { defaultConfig: proxyConfig(mesh.defaultConfig) }),
  };
}
