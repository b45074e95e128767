import { isObject, own } from '../decode/cursor';
import { scalarText } from '../decode/scalar-text';
import type { RawResource } from '../resource';
import { checkSchema, type SchemaViolation } from '../schema';
import { statusSchema } from '../schema/kinds/status';
import { checkAnnotations } from './annotations';
import { type JudgedKind, judgedKinds } from './kinds';
import { judgeMeshConfigMap } from './mesh-config-map';
import { type HeaderResult, type ObjectHeader, readHeader } from './object-meta';
import type { Subject } from './subject';
import {
  type AdmissionVerdict,
  accepted,
  type ObjectVerdict,
  refused,
  type SchemaVerdict,
  undecodable,
} from './verdict';
import { minorOf } from './versions';

export interface ValidateOptions {
  /** `1.32`, `1.30.3`, ...; the newest known version when not given. */
  readonly istioVersion?: string;
  /** Namespace of objects that name none; `default` when not given. */
  readonly defaultNamespace?: string;
}

const topLevel = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);

function split(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

function findKind({ apiVersion, kind }: ObjectHeader): JudgedKind | undefined {
  const { group, version } = split(apiVersion);
  const found = judgedKinds.get(kind);
  return found?.group === group && found.versions.includes(version) ? found : undefined;
}

/** Objects that Istio has a say about: of its API groups, or with a kind of its own and no group. */
export function judgesObject(kind: string, apiVersion: string): boolean {
  const { group } = split(apiVersion);
  return group.endsWith('istio.io')
    ? kind !== 'IstioOperator'
    : group === '' && judgedKinds.has(kind);
}

function judgeSpec(kind: JudgedKind, header: ObjectHeader, subject: Subject): AdmissionVerdict {
  const judgement = kind.judge(header.spec, subject);
  if (!judgement.ok) {
    const { path, message } = judgement.failure;
    return undecodable(path === '' ? 'spec' : `spec.${path}`, message);
  }
  const annotation = checkAnnotations(subject, header.spec);
  if (annotation !== undefined) return refused('validate', [annotation]);
  const { errors, warnings } = judgement.findings;
  return errors.length === 0 ? accepted(warnings) : refused('validate', errors, warnings);
}

/** The webhook's last check: no keys beside the five of every object. */
function judgeFields(
  verdict: AdmissionVerdict,
  value: unknown,
  { kind, namespace, name }: Subject,
): AdmissionVerdict {
  if (!verdict.accepted || !isObject(value)) return verdict;
  const extra = Object.keys(value).find(key => !topLevel.has(key));
  if (extra === undefined) return verdict;
  const message = `unknown field "${extra}" on ${kind} resource ${namespace}/${name}`;
  return refused('fields', [{ code: 'unsupported', path: extra, message }], verdict.warnings);
}

/** `status` keeps fields it does not know; `observedGeneration` is a number or a text. */
function checkStatus(status: unknown, minor: number): readonly SchemaViolation[] {
  return checkSchema(statusSchema, status, minor, 'status').filter(
    ({ kind, path }) =>
      kind !== 'unknown-field' ||
      (path.split('.').length > 2 && !path.endsWith('.observedGeneration')),
  );
}

function judgeSchema(kind: JudgedKind, value: unknown, minor: number): SchemaVerdict {
  const violations: SchemaViolation[] = [];
  const spec = own(value, 'spec');
  const status = own(value, 'status');
  if (spec !== undefined) violations.push(...checkSchema(kind.schema, spec, minor, 'spec'));
  else if (kind.specRequired) {
    violations.push({ kind: 'required', path: 'spec', message: '`spec` is missing' });
  }
  if (status !== undefined) violations.push(...checkStatus(status, minor));
  for (const key of isObject(value) ? Object.keys(value) : []) {
    if (topLevel.has(key)) continue;
    violations.push({ kind: 'unknown-field', path: key, message: `field \`${key}\` is not known` });
  }
  return { accepted: violations.length === 0, violations };
}

/** The kind by the exact fields, for objects whose metadata does not decode. */
function kindOf(value: unknown, result: HeaderResult): JudgedKind | undefined {
  if (result.ok) return findKind(result.header);
  const apiVersion = own(value, 'apiVersion');
  const kind = own(value, 'kind');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const empty = { name: '', namespace: '', labels: new Map(), annotations: new Map() };
  return findKind({ ...empty, apiVersion, kind, spec: undefined });
}

/**
 * Judges an object as Istio's webhook and its CRDs do; `undefined` for objects that are none of Istio's. Recorded
 * answers: conformance suite `validation`.
 */
export function validateResource(
  raw: RawResource,
  options: ValidateOptions = {},
): ObjectVerdict | undefined {
  const minor = minorOf(options.istioVersion);
  const { value } = raw;
  const result = readHeader(value);
  const kind = kindOf(value, result);
  const schema = kind === undefined ? {} : { schema: judgeSchema(kind, value, minor) };
  if (!result.ok) {
    const { path, message } = result.failure;
    return isObject(value) && kind === undefined && !named(value)
      ? undefined
      : { admission: undecodable(path, message), ...schema };
  }
  const { header } = result;
  const mesh = judgeMeshConfigMap(header, value, minor);
  if (mesh !== undefined) return mesh;
  if (kind === undefined) {
    const { apiVersion } = header;
    const message = `unrecognized type ${apiVersion}, Kind=${header.kind}`;
    return judgesObject(header.kind, apiVersion)
      ? { admission: undecodable('kind', message) }
      : undefined;
  }
  const subject: Subject = {
    kind: header.kind,
    namespace: header.namespace || (options.defaultNamespace ?? 'default'),
    name: header.name,
    labels: header.labels,
    annotations: header.annotations,
    minor,
  };
  return { admission: judgeFields(judgeSpec(kind, header, subject), value, subject), ...schema };
}

const named = (value: unknown) => judgedKinds.has(scalarText(own(value, 'kind')));
