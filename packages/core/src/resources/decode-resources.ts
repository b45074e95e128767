import type { Issue, ObjectRef, SourceRef } from '../origin';
import { type Cursor, field, isObject, own, type Report } from './decode/cursor';
import { meshConfigRevision, meshConfigSource, meshConfigText } from './decode-mesh-config';
import { readConditions, readMetadata } from './decode-metadata';
import { verdictIssues } from './decode-verdicts';
import type { DecodedResources, DecodeResult, MeshConfigSource } from './decoded';
import { readEndpoints } from './endpoint-slice';
import { kindReaders } from './kinds';
import type { Metadata, RawResource, Resource } from './resource';
import { clusterScopedKinds } from './scope';
import { judgesObject } from './validation';

export interface DecodeOptions {
  /** Namespace of objects that name none; `default` when not given, as kubectl does. */
  readonly defaultNamespace?: string;
  /** Version of Istio whose webhook and CRDs judge the objects; the newest known one when not given. */
  readonly istioVersion?: string;
}

type Lists = { -readonly [K in keyof DecodedResources]: DecodedResources[K][number][] };

const emptyLists = (): Lists => ({
  namespaces: [],
  services: [],
  endpointSlices: [],
  pods: [],
  workloads: [],
  serviceEntries: [],
  workloadEntries: [],
  sidecars: [],
  virtualServices: [],
  destinationRules: [],
  gateways: [],
  peerAuthentications: [],
  authorizationPolicies: [],
  proxyConfigs: [],
  networkPolicies: [],
  meshConfigs: [],
  other: [],
});

interface Decoding {
  readonly lists: Lists;
  readonly issues: Issue[];
  readonly defaultNamespace: string;
  readonly istioVersion: string | undefined;
}

function issue(
  decoding: Decoding,
  source: SourceRef,
  code: string,
  message: string,
  hint: string,
): void {
  decoding.issues.push({ code, severity: 'error', message, hint, source });
}

const groupOf = (apiVersion: string) =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

function reporter(decoding: Decoding, object: ObjectRef, source: SourceRef): Report {
  return (code, path, message, hint) => {
    decoding.issues.push({ code, severity: 'warning', message, hint, object, path, source });
  };
}

const refFor = (kind: string, { name, namespace }: Metadata): ObjectRef =>
  namespace === undefined ? { kind, name } : { kind, namespace, name };

/** Helm values or an IstioOperator: a mesh configuration without a ConfigMap. */
function decodeInstallation(
  decoding: Decoding,
  object: Cursor,
  kind: string,
  source: SourceRef,
): boolean {
  const holder = kind === 'IstioOperator' ? field(object, 'spec') : object;
  const config = field(holder, 'meshConfig');
  const isValues =
    kind === '' && ['meshConfig', 'global', 'pilot'].some(key => isObject(own(object.value, key)));
  if (kind !== 'IstioOperator' && !isValues) return false;
  const place = {
    kind: kind === '' ? 'HelmValues' : kind,
    namespace: 'istio-system',
    name: 'istio',
  };
  if (config.value !== undefined) {
    const report = reporter(decoding, place, source);
    decoding.lists.meshConfigs.push(meshConfigSource(config.value, place, '', source, report));
  }
  const spec = kind === '' ? object.value : field(field(object, 'spec'), 'values').value;
  const metadata: Metadata = {
    name: 'istio',
    namespace: 'istio-system',
    labels: {},
    annotations: {},
  };
  decoding.lists.other.push({
    kind: 'HelmValues',
    apiVersion: '',
    metadata,
    spec: spec ?? {},
    source,
  });
  return true;
}

function withNamespace(
  decoding: Decoding,
  metadata: Metadata,
  kind: string,
  source: SourceRef,
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

function meshConfigOf(
  object: Cursor,
  kind: string,
  metadata: Metadata,
  source: SourceRef,
): MeshConfigSource | undefined {
  const revision = kind === 'ConfigMap' ? meshConfigRevision(metadata, object.value) : undefined;
  if (revision === undefined) return undefined;
  const place = { kind, namespace: metadata.namespace ?? 'istio-system', name: metadata.name };
  return meshConfigSource(meshConfigText(object), place, revision, source, object.report);
}

function decodeObject(decoding: Decoding, value: unknown, source: SourceRef): void {
  if (value === undefined || value === null) return;
  if (!isObject(value)) {
    issue(
      decoding,
      source,
      'not-an-object',
      'the document is no map',
      'write one Kubernetes object per document',
    );
    return;
  }
  const kind = own(value, 'kind');
  const apiVersion = own(value, 'apiVersion');
  const silent: Report = () => undefined;
  const named = typeof kind === 'string' ? kind : '';
  const bare: Cursor = { value, key: '', report: silent };
  if (decodeInstallation(decoding, bare, named, source)) return;
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') {
    issue(
      decoding,
      source,
      'no-kind',
      'the document has no `apiVersion` and `kind`',
      'add both fields',
    );
    return;
  }
  if (kind === 'List' || (kind.endsWith('List') && Array.isArray(own(value, 'items')))) {
    decodeList(decoding, value, source);
    return;
  }
  decodeKind(decoding, value, kind, apiVersion, source);
}

function decodeList(decoding: Decoding, value: unknown, source: SourceRef): void {
  const items = own(value, 'items');
  if (!Array.isArray(items)) return;
  items.forEach((item: unknown, index) => {
    const path = source.item === undefined ? `items.${index}` : `${source.item}.items.${index}`;
    decodeObject(decoding, item, { ...source, item: path });
  });
}

function decodeKind(
  decoding: Decoding,
  value: unknown,
  kind: string,
  apiVersion: string,
  source: SourceRef,
): void {
  const early = readMetadata({ value, key: '', report: () => undefined });
  const metadata = withNamespace(decoding, early, kind, source);
  const ref = refFor(kind, metadata);
  const judged = judgesObject(kind, apiVersion);
  const report: Report = judged ? () => undefined : reporter(decoding, ref, source);
  const object: Cursor = { value, key: '', report };
  readMetadata(object);
  if (judged || kind === 'ConfigMap') {
    const { defaultNamespace, istioVersion } = decoding;
    const options =
      istioVersion === undefined ? { defaultNamespace } : { defaultNamespace, istioVersion };
    decoding.issues.push(...verdictIssues({ value, source }, ref, options));
  }
  const mesh = meshConfigOf(object, kind, metadata, source);
  if (mesh !== undefined) decoding.lists.meshConfigs.push(mesh);
  const conditions = readConditions(object);
  const base = {
    apiVersion,
    metadata,
    source,
    ...(conditions === undefined ? {} : { conditions }),
  };
  const reader = kindReaders.get(kind);
  if (kind === 'Endpoints') {
    const labels = { ...metadata.labels, 'kubernetes.io/service-name': metadata.name };
    for (const spec of readEndpoints(object)) {
      decoding.lists.endpointSlices.push({
        ...base,
        kind: 'EndpointSlice',
        metadata: { ...metadata, labels },
        spec,
      });
    }
  } else if (reader?.groups.includes(groupOf(apiVersion))) {
    const spec = reader.read(field(object, 'spec'), object);
    (decoding.lists[reader.list] as Resource<string, unknown>[]).push({ ...base, kind, spec });
  } else {
    decoding.lists.other.push({ ...base, kind, spec: value });
    reportUnmodelled(decoding, kind, apiVersion, metadata, source);
  }
}

const knownGroups = /(^|\.)(istio\.io|k8s\.io)$/;

function reportUnmodelled(
  decoding: Decoding,
  kind: string,
  apiVersion: string,
  metadata: Metadata,
  source: SourceRef,
): void {
  const group = groupOf(apiVersion);
  const known = group === '' || knownGroups.test(group) || !group.includes('.');
  decoding.issues.push({
    code: known ? 'kind-not-used' : 'kind-unknown',
    severity: 'info',
    message: `objects of kind \`${kind}\` (${apiVersion}) do not take part in the answers`,
    hint: 'nothing to do, unless the kind is misspelt',
    object: refFor(kind, metadata),
    source,
  });
}

/**
 * Decodes objects of every kind that decides answers. Nothing is dropped in silence: what is wrong or not used is an
 * issue, and the rest of the object is used all the same, as in a cluster whose admission webhook is off.
 */
export function decodeResources(
  raw: readonly RawResource[],
  options: DecodeOptions = {},
): DecodeResult {
  const decoding: Decoding = {
    lists: emptyLists(),
    issues: [],
    defaultNamespace: options.defaultNamespace ?? 'default',
    istioVersion: options.istioVersion,
  };
  for (const { value, source } of raw) decodeObject(decoding, value, source);
  return { resources: decoding.lists as DecodedResources, issues: decoding.issues };
}
