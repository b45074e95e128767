import type { ProxySettings } from '../../mesh';
import type { EnvironmentVariable } from '../pod/injected-pod';

/** proxyMetadata as variables, in the order in which Go ranges over a map in a template: by name. */
export function proxyVariables(settings: ProxySettings): readonly EnvironmentVariable[] {
  return Object.entries(settings.config.proxyMetadata)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value, origin: settings.origin(`proxyMetadata.${name}`) }));
}
