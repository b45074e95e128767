import { type ProxyConfigMessage, parseDuration, readProxyConfigMessage } from '../resources';
import { parseYaml } from '../yaml';

/** The annotation `proxy.istio.io/config` as istiod reads it, or why it rejects the pod. */
export type ProxyConfigAnnotation =
  | { readonly kind: 'config'; readonly config: ProxyConfigMessage }
  | { readonly kind: 'invalid'; readonly message: string };

type FieldKind = 'text' | 'int32' | 'bool' | 'texts' | 'duration' | 'message' | readonly string[];

/** Fields of `mesh/v1alpha1/proxy.proto:ProxyConfig` and what protobuf JSON takes for them. Unknown fields are ignored. */
const fields: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>([
  ['configPath', 'text'],
  ['binaryPath', 'text'],
  ['serviceCluster', 'text'],
  [
    'tracingServiceName',
    ['APP_LABEL_AND_NAMESPACE', 'CANONICAL_NAME_ONLY', 'CANONICAL_NAME_AND_NAMESPACE'],
  ],
  ['drainDuration', 'duration'],
  ['discoveryAddress', 'text'],
  ['statsdUdpAddress', 'text'],
  ['proxyAdminPort', 'int32'],
  ['controlPlaneAuthPolicy', ['NONE', 'MUTUAL_TLS']],
  ['customConfigFile', 'text'],
  ['statNameLength', 'int32'],
  ['concurrency', 'int32'],
  ['proxyBootstrapTemplatePath', 'text'],
  ['interceptionMode', ['REDIRECT', 'TPROXY', 'NONE']],
  ['tracing', 'message'],
  ['sds', 'message'],
  ['envoyAccessLogService', 'message'],
  ['envoyMetricsService', 'message'],
  ['proxyMetadata', 'texts'],
  ['runtimeValues', 'texts'],
  ['statusPort', 'int32'],
  ['extraStatTags', 'message'],
  ['terminationDrainDuration', 'duration'],
  ['meshId', 'text'],
  ['readinessProbe', 'message'],
  ['proxyStatsMatcher', 'message'],
  ['holdApplicationUntilProxyStarts', 'bool'],
  ['caCertificatesPem', 'message'],
  ['image', 'message'],
  ['privateKeyProvider', 'message'],
  ['proxyHeaders', 'message'],
  ['fileFlushInterval', 'duration'],
  ['fileFlushMinSizeKb', 'int32'],
]);

/**
 * Reads the annotation as `pkg/kube/inject/validate.go:validateProxyConfig` does: YAML or JSON over the defaults, types
 * as protobuf JSON has them (an unquoted `true` is no text), then the checks of `ValidateMeshConfigProxyConfig`.
 */
export function readProxyConfigAnnotation(text: string): ProxyConfigAnnotation {
  const yaml = parseYaml(text);
  if (!yaml.ok) return invalid(`line ${yaml.line}: ${yaml.message}`);
  const value = yaml.value ?? {};
  if (!isRecord(value)) return invalid('the text is not a map');
  for (const [key, item] of Object.entries(value)) {
    const kind = fields.get(camel(key));
    if (kind === undefined || item === null) continue;
    const wanted = unmet(kind, item);
    if (wanted !== undefined) return invalid(`\`${key}\` has to be ${wanted}`);
  }
  const config = readProxyConfigMessage({ value, key: '', report: () => undefined });
  const { statusPort } = config;
  return statusPort !== undefined && (statusPort < 1 || statusPort > 65535)
    ? invalid(`port number ${statusPort} must be in the range 1..65535`)
    : { kind: 'config', config };
}

function invalid(message: string): ProxyConfigAnnotation {
  return { kind: 'invalid', message };
}

/** What protobuf JSON wants and `value` is not. */
function unmet(kind: FieldKind, value: unknown): string | undefined {
  if (typeof kind !== 'string') {
    const known =
      typeof value === 'number' ? Number.isInteger(value) : kind.includes(String(value));
    return known ? undefined : `one of ${kind.join(', ')}`;
  }
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? undefined : 'a text';
    case 'bool':
      return typeof value === 'boolean' ? undefined : '`true` or `false`';
    case 'int32':
      return /^-?\d+(\.0+)?$/.test(String(value)) && typeof value !== 'boolean'
        ? undefined
        : 'a whole number';
    case 'duration':
      return typeof value === 'string' && parseDuration(value) !== undefined
        ? undefined
        : 'a duration such as `45s`';
    case 'texts':
      return isRecord(value) && Object.values(value).every(item => typeof item === 'string')
        ? undefined
        : 'a map of texts; put numbers and `true` in quotes';
    case 'message':
      return typeof value === 'object' ? undefined : 'a map';
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
