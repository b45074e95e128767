import type { ObjectRef, SourceRef } from '../origin';
import { type Cursor, field, isObject, type Report, wrongType } from './decode/cursor';
import { type Decoding, reporter } from './decode/decoding';
import { meshConfigRevision, meshConfigSource, meshConfigText } from './decode-mesh-config';
import { readConditions, readMetadata } from './decode-metadata';
import { verdictIssues } from './decode-verdicts';
import { readEndpoints } from './endpoint-slice';
import { kindReaders } from './kinds';
import type { Metadata, Resource } from './resource';
import { clusterScopedKinds } from './scope';
import { judgesObject } from './validation';

/** An object with its kind known. */
export interface NamedObject {
  readonly value: unknown;
  readonly kind: string;
  readonly apiVersion: string;
  readonly source: SourceRef;
}

const groupOf = (apiVersion: string) =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

const refFor = (kind: string, { name, namespace }: Metadata): ObjectRef =>
  namespace === undefined ? { kind, name } : { kind, namespace, name };

/** Cluster-scoped kinds have no namespace; others get the default one, and an issue says so. */
function withNamespace(
  decoding: Decoding,
  metadata: Metadata,
  { kind, source }: NamedObject,
): Metadata {
  if (clusterScopedKinds.has(kind)) {
    const { namespace: _, ...rest } = metadata;
    return rest;
  }
  if (metadata.namespace !== undefined) return metadata;
  const { defaultNamespace } = decoding;
  decoding.issues.push({
    code: 'namespace-assumed',
    severity: 'info',
    message: `no namespace is named; \`${defaultNamespace}\` is taken`,
    hint: 'name it in the manifest or choose another with -n',
    object: { kind, namespace: defaultNamespace, name: metadata.name },
    path: 'metadata.namespace',
    source,
  });
  return { ...metadata, namespace: defaultNamespace };
}

const knownGroups = /(^|\.)(istio\.io|k8s\.io)$/;

function reportUnmodelled(decoding: Decoding, object: NamedObject, ref: ObjectRef): void {
  const { kind, apiVersion, source } = object;
  const group = groupOf(apiVersion);
  const known = group === '' || knownGroups.test(group) || !group.includes('.');
  decoding.issues.push({
    code: known ? 'kind-not-used' : 'kind-unknown',
    severity: 'info',
    message: `objects of kind \`${kind}\` (${apiVersion}) do not take part in the answers`,
    hint: 'nothing to do, unless the kind is misspelt',
    object: ref,
    source,
  });
}

/** Says whether the ConfigMap is a mesh configuration. */
function decodeMeshConfig(
  decoding: Decoding,
  object: Cursor,
  resource: Resource<string, unknown>,
): boolean {
  const { kind, metadata, source } = resource;
  const revision = meshConfigRevision(metadata, object.value);
  if (revision === undefined) return false;
  const { namespace = 'istio-system', name } = metadata;
  const place = { object: { kind, namespace, name }, path: 'data.mesh', namespace };
  const text = meshConfigText(object);
  decoding.lists.meshConfigs.push(meshConfigSource(text, place, revision, source, object.report));
  return true;
}

/** Endpoints (the older kind) become slices of the same service. */
function decodeEndpoints(
  decoding: Decoding,
  object: Cursor,
  base: Resource<string, unknown>,
): void {
  const { metadata } = base;
  const labels = { ...metadata.labels, 'kubernetes.io/service-name': metadata.name };
  for (const spec of readEndpoints(object)) {
    const slice = { ...base, kind: 'EndpointSlice', metadata: { ...metadata, labels }, spec };
    (decoding.lists.endpointSlices as Resource<string, unknown>[]).push(slice);
  }
}

function judge(decoding: Decoding, { value, source }: NamedObject, ref: ObjectRef): void {
  const { defaultNamespace, istioVersion } = decoding;
  const options =
    istioVersion === undefined ? { defaultNamespace } : { defaultNamespace, istioVersion };
  for (const issue of verdictIssues({ value, source }, ref, options)) decoding.issues.push(issue);
}

function resourceOf(
  object: Cursor,
  named: NamedObject,
  metadata: Metadata,
): Resource<string, unknown> {
  const { kind, apiVersion, source, value } = named;
  const conditions = readConditions(object);
  return conditions === undefined
    ? { kind, apiVersion, metadata, source, spec: value }
    : { kind, apiVersion, metadata, source, spec: value, conditions };
}

/** The spec, reported when it is there and no map. */
function specOf(object: Cursor): Cursor {
  const spec = field(object, 'spec');
  if (spec.value !== undefined && !isObject(spec.value)) wrongType(spec, 'a map');
  return spec;
}

/**
 * Decodes an object of a known kind into its list. Istio's kinds are judged by their webhook and CRD, which say more
 * than the reader could; of other kinds the reader reports what it cannot use.
 */
export function decodeNamedObject(decoding: Decoding, named: NamedObject): void {
  const { value, kind, apiVersion, source } = named;
  let reported = false;
  const note: Report = () => {
    reported = true;
  };
  const read = readMetadata({ value, key: '', report: note });
  const metadata = withNamespace(decoding, read, named);
  const ref = refFor(kind, metadata);
  const judged = judgesObject(kind, apiVersion);
  const report: Report = judged ? () => undefined : reporter(decoding, ref, source);
  const object: Cursor = { value, key: '', report };
  if (reported) readMetadata(object);
  if (judged || kind === 'ConfigMap') judge(decoding, named, ref);
  const resource = resourceOf(object, named, metadata);
  const isMeshConfig = kind === 'ConfigMap' && decodeMeshConfig(decoding, object, resource);
  const reader = kindReaders.get(kind);
  if (kind === 'Endpoints') decodeEndpoints(decoding, object, resource);
  else if (reader?.groups.includes(groupOf(apiVersion))) {
    const spec = reader.read(specOf(object), object);
    const list = decoding.lists[reader.list] as Resource<string, unknown>[];
    list.push({ ...resource, spec });
  } else {
    decoding.lists.other.push(resource);
    if (!isMeshConfig) reportUnmodelled(decoding, named, ref);
  }
}
