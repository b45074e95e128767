import type { PodSpec } from '../../resources';
import type { ProxySettings } from '../proxy-settings';
import { proxyContainer } from '../workload/injected';

const prefix = 'ISTIO_META_';

const named = (values: readonly (readonly [string, string])[]) =>
  Object.fromEntries(
    values.flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
    ),
  );

/** What the running proxy was started with: the injector writes `PROXY_CONFIG` and every proxyMetadata value as variables. */
function startedWith(spec: PodSpec): Readonly<Record<string, string>> | undefined {
  const env = proxyContainer(spec)?.env ?? [];
  if (!env.some(({ name }) => name === 'PROXY_CONFIG')) return undefined;
  return named(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

/** Node metadata of a proxy: of a running one its environment, else the settings that it would be injected with. */
export function proxyMetadata(
  spec: PodSpec,
  settings: ProxySettings,
): Readonly<Record<string, string>> {
  return startedWith(spec) ?? named(Object.entries(settings.config.proxyMetadata));
}
