import { derive, labelsMatch, type Mesh, member, type Proxy, pushTo } from '../../mesh';
import { formatObjectRef, type ObjectRef } from '../../origin';
import { type Labels, type Resource, refOf } from '../../resources';
import { listOf } from './plain-value';

/** An object that may change an answer and has no model. */
export interface Unmodelled {
  readonly object: ObjectRef;
  readonly message: string;
}

type Direction = 'outbound' | 'inbound';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function labelsIn(value: unknown): Labels {
  if (!isRecord(value)) return {};
  const texts = Object.entries(value).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  );
  return Object.fromEntries(texts);
}

/** Kinds that change what an Envoy does, by the field that selects proxies (`pilot/pkg/model/envoyfilter.go`, `extensions.go`). */
const selectors: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['EnvoyFilter', ['workloadSelector', 'labels']],
  ['WasmPlugin', ['selector', 'matchLabels']],
]);

const byNamespace = derive(
  mesh => [mesh.resources.other],
  mesh => {
    const index = new Map<string, Resource<string, unknown>[]>();
    for (const resource of mesh.resources.other) {
      if (selectors.has(resource.kind)) pushTo(index, resource.metadata.namespace ?? '', resource);
    }
    return index;
  },
);

/** What is known of an object without a model is the object itself. */
const specOf = ({ spec: object }: Resource<string, unknown>) => member(object, 'spec');

function selectorOf(item: Resource<string, unknown>): Labels {
  const [selector, field] = selectors.get(item.kind) ?? ['', ''];
  return labelsIn(member(member(specOf(item), selector), field));
}

function selects(item: Resource<string, unknown>, labels: Labels): boolean {
  if (listOf(member(specOf(item), 'targetRefs')).length > 0) return false;
  return labelsMatch(selectorOf(item), labels);
}

/** The labels by which objects without a model choose proxies. */
export const selectorLabels = (mesh: Mesh): readonly Labels[] =>
  [...byNamespace(mesh).values()].flat().map(selectorOf);

const contexts = { outbound: 'SIDECAR_OUTBOUND', inbound: 'SIDECAR_INBOUND' } as const;

/** True when a patch is for this kind of listener; one without context is for all. */
function patches(spec: unknown, context: string): boolean {
  return listOf(member(spec, 'configPatches')).some(patch => {
    const given = member(member(patch, 'match'), 'context');
    return given === undefined || given === 'ANY' || given === context;
  });
}

/** EnvoyFilters and WasmPlugins that change what a proxy does with a call in this direction. */
export function unmodelledFor(
  mesh: Mesh,
  proxy: Proxy,
  direction: Direction,
): readonly Unmodelled[] {
  const index = byNamespace(mesh);
  if (index.size === 0) return [];
  const context = proxy.type === 'router' ? 'GATEWAY' : contexts[direction];
  return [...new Set([mesh.rootNamespace, proxy.namespace])]
    .flatMap(namespace => index.get(namespace) ?? [])
    .filter(item => item.kind !== 'EnvoyFilter' || patches(specOf(item), context))
    .filter(item => selects(item, proxy.labels))
    .map(item => ({
      object: refOf(item),
      message: `${formatObjectRef(refOf(item))} is not modelled; it may change the answer`,
    }));
}
