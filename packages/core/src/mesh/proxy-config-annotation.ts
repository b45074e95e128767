import {
  objectionToProxyConfig,
  type ProxyConfigMessage,
  readProxyConfigMessage,
} from '../resources';
import { parseYaml } from '../yaml';

/** The annotation `proxy.istio.io/config` as istiod reads it, or why it rejects the pod. */
export type ProxyConfigAnnotation =
  | { readonly kind: 'config'; readonly config: ProxyConfigMessage }
  | { readonly kind: 'invalid'; readonly message: string };

/** Reads YAML or JSON; types are those of protobuf JSON: an unquoted `true` is no text. */
export function readProxyConfigAnnotation(text: string): ProxyConfigAnnotation {
  const yaml = parseYaml(text);
  if (!yaml.ok) return { kind: 'invalid', message: `line ${yaml.line}: ${yaml.message}` };
  const value = yaml.value ?? {};
  const message = objectionToProxyConfig(value);
  if (message !== undefined) return { kind: 'invalid', message };
  const config = readProxyConfigMessage({ value, key: '', report: () => undefined });
  return { kind: 'config', config };
}
