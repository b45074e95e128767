import type { Origin } from '../../origin';
import type { Setting } from '../options/option';

/** The values given to the istiod chart, as one merged map; what they leave out has the chart's default. */
export interface HelmValues {
  readonly values: unknown;
  /** Origin of a given value, by dotted path. */
  readonly origin: (path: string) => Origin;
}

/** Defaults of the istiod chart that reach the injected pod (manifests/charts/istio-control/istio-discovery/values.yaml). */
const chartDefaults: ReadonlyMap<string, string | number | boolean> = new Map<
  string,
  string | number | boolean
>([
  ['global.proxy.includeIPRanges', '*'],
  ['global.proxy.excludeIPRanges', ''],
  ['global.proxy.includeInboundPorts', '*'],
  ['global.proxy.excludeInboundPorts', ''],
  ['global.proxy.includeOutboundPorts', ''],
  ['global.proxy.excludeOutboundPorts', ''],
  ['global.proxy.statusPort', 15020],
  ['global.proxy.privileged', false],
  ['global.proxy.holdApplicationUntilProxyStarts', false],
  ['global.proxy.autoInject', 'enabled'],
  ['global.logging.level', 'default:info'],
  ['global.logAsJson', false],
  ['global.nativeNftables', false],
  ['global.proxy_init.forceApplyIptables', false],
  ['pilot.cni.enabled', false],
  ['sidecarInjectorWebhook.enableNamespacesByDefault', false],
]);

/** The value at a dotted path, else the chart's default. */
export function helmValue(helm: HelmValues, path: string): unknown {
  const given = givenValue(helm, path);
  return given === undefined ? chartDefaults.get(path) : given;
}

function givenValue(helm: HelmValues, path: string): unknown {
  return path.split('.').reduce(member, helm.values);
}

function member(map: unknown, key: string): unknown {
  if (typeof map !== 'object' || map === null) return undefined;
  return new Map<string, unknown>(Object.entries(map)).get(key);
}

/** The value as the template prints it (Go's `fmt.Sprint`), and what gave it. */
export function helmSetting(helm: HelmValues, path: string): Setting {
  const given = givenValue(helm, path);
  if (given !== undefined) return { value: sprint(given), origin: helm.origin(path) };
  const value = sprint(chartDefaults.get(path));
  return { value, origin: { kind: 'default', default: `${path}=${value}` } };
}

/** Whether a template's `if` takes the value for true: an empty text, 0, false and nothing are not. */
export function helmTruth(helm: HelmValues, path: string): boolean {
  const value = helmValue(helm, path);
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function sprint(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(sprint).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${members.map(([key, item]) => `${key}:${sprint(item)}`).join(' ')}]`;
}
