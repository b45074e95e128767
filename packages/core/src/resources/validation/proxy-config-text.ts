import { decodeMessage } from '../schema';
import { meshProxyConfigSchema } from '../schema/kinds/mesh-proxy-config';
import { noFindings } from './findings';
import { defaultProxyMessage } from './mesh-defaults';
import { validateMeshProxyConfig } from './rules/mesh-proxy-config';

/**
 * Why istiod refuses a value of the annotation `proxy.istio.io/config` (`pkg/kube/inject/validate.go`): it is applied
 * over the default proxy configuration, then checked as `defaultConfig` of the mesh is.
 */
export function objectionToProxyConfig(value: unknown): string | undefined {
  const minor = Number.POSITIVE_INFINITY;
  const decoded = decodeMessage(meshProxyConfigSchema, value, { minor, base: defaultProxyMessage });
  if (!decoded.ok) {
    const { path, message } = decoded.failure;
    return path === '' ? message : `${path}: ${message}`;
  }
  const findings = noFindings();
  validateMeshProxyConfig(findings, decoded.value);
  return findings.errors[0]?.message;
}
