import { derive, type Mesh, member, memberAt } from '../../mesh';
import { type Resource, refOf } from '../../resources';
import { parseYaml } from '../../yaml';
import type { HelmValues } from '../pod/helm-values';

/**
 * The values of the istiod chart: those that the injector's ConfigMap carries, else the Helm values or IstioOperators of the
 * input laid over one another in input order, else the chart's defaults.
 */
export const helmValuesOf: (mesh: Mesh) => HelmValues = derive(
  mesh => [mesh.resources.other],
  mesh => {
    const { other } = mesh.resources;
    const map = other.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'istio-sidecar-injector',
    );
    const rendered = map === undefined ? undefined : renderedValues(map);
    if (rendered !== undefined) return rendered;
    const given = other.filter(({ kind }) => kind === 'HelmValues');
    return {
      values: given.map(({ spec }) => spec).reduce<unknown>(mergeValues, {}),
      origin: path => {
        const holder = given.findLast(({ spec }) => memberAt(spec, path) !== undefined);
        return holder === undefined
          ? { kind: 'default', default: path }
          : { kind: 'object', object: refOf(holder), path, source: holder.source };
      },
    };
  },
);

function renderedValues(map: Resource<string, unknown>): HelmValues | undefined {
  const text = memberAt(map.spec, 'data.values');
  const yaml = typeof text === 'string' ? parseYaml(text) : undefined;
  if (!yaml?.ok) return undefined;
  const object = refOf(map);
  return {
    values: yaml.value,
    origin: path => ({
      kind: 'object',
      object,
      path: `data.values.${path}`,
      source: map.source,
    }),
  };
}

/** Maps are merged key by key, everything else is replaced, as Helm merges value files. */
function mergeValues(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    merged.set(key, mergeValues(member(base, key), value));
  }
  return Object.fromEntries(merged);
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
