import { parseYaml } from '../../yaml';
import { own } from '../decode/cursor';
import { decodeMessage } from '../schema';
import { meshConfigSchema } from '../schema/kinds/mesh-config';
import { meshProxyConfigSchema } from '../schema/kinds/mesh-proxy-config';
import { defaultMeshMessage, defaultProxyMessage } from './mesh-defaults';
import type { ObjectHeader } from './object-meta';
import { type MeshConfigMessage, validateMeshConfig } from './rules/mesh-config';
import { accepted, type ObjectVerdict, refused, undecodable } from './verdict';

const at = (path: string) => (path === '' ? 'data.mesh' : `data.mesh.${path}`);

type Applied =
  | { readonly ok: true; readonly mesh: MeshConfigMessage }
  | { readonly ok: false; readonly path: string; readonly message: string };

/**
 * `mesh.ApplyMeshConfigDefaults`: what the text gives replaces the defaults field by field, `defaultConfig` one level
 * deeper, `proxyMetadata` is merged, aliases of the trust domain are sorted.
 */
function applyMeshConfig(value: unknown, minor: number): Applied {
  const mesh = decodeMessage(meshConfigSchema, value, { minor, base: defaultMeshMessage });
  if (!mesh.ok) return { ok: false, ...mesh.failure };
  const proxy = decodeMessage(meshProxyConfigSchema, own(value, 'defaultConfig'), {
    minor,
    base: defaultProxyMessage,
  });
  if (!proxy.ok) {
    return {
      ok: false,
      message: proxy.failure.message,
      path: `defaultConfig.${proxy.failure.path}`,
    };
  }
  const trustDomainAliases = [...new Set(mesh.value.trustDomainAliases)].sort();
  return { ok: true, mesh: { ...mesh.value, defaultConfig: proxy.value, trustDomainAliases } };
}

/** Whether istiod takes over the text of a ConfigMap `istio` or `istio-<revision>`; `undefined` for other objects. */
export function judgeMeshConfigMap(
  header: ObjectHeader,
  value: unknown,
  minor: number,
): ObjectVerdict | undefined {
  if (header.kind !== 'ConfigMap' || header.apiVersion !== 'v1') return undefined;
  const text = own(own(value, 'data'), 'mesh');
  const revisioned = header.name.startsWith('istio-') && text !== undefined;
  if (header.name !== 'istio' && !revisioned) return undefined;
  if (typeof text !== 'string') {
    return { admission: undecodable('data', 'missing config map key "mesh"') };
  }
  const parsed = parseYaml(text);
  if (!parsed.ok) return { admission: undecodable('data.mesh', parsed.message) };
  const applied = applyMeshConfig(parsed.value, minor);
  if (!applied.ok) return { admission: undecodable(at(applied.path), applied.message) };
  const { errors, warnings } = validateMeshConfig(applied.mesh);
  const placed = (items: typeof errors) => items.map(item => ({ ...item, path: at(item.path) }));
  return errors.length === 0
    ? { admission: accepted(placed(warnings)), meshConfig: applied.mesh }
    : { admission: refused('validate', placed(errors)) };
}
