import type { Issue, ObjectRef } from '../origin';
import type { RawResource } from './resource';
import type { SchemaViolation } from './schema';
import {
  type AdmissionVerdict,
  type ValidateOptions,
  type Violation,
  validateResource,
} from './validation';

const stageHints = {
  decode:
    'correct the value: istiod cannot read the object, and neither its webhook nor its CRD takes it',
  validate: 'correct it: Istio rejects the object; only a cluster without the webhook takes it',
  fields: 'move or remove the field: Istio rejects the object',
} as const;
const meshHint =
  'correct it: istiod does not take this text over and keeps the configuration it had before';
const warningHint = 'Istio takes the object and warns when it is applied';

const schemaHint = (kind: SchemaViolation['kind']) =>
  kind === 'unknown-field'
    ? 'check the spelling and the indentation; the API server drops the field'
    : 'correct it: the API server rejects the object';

/** What cannot be read and what stands beside the spec have codes of their own: the rest of the object is sound. */
const errorCode = ({ stage }: AdmissionVerdict, { code }: Violation) =>
  ({ decode: 'istio-unreadable', validate: `istio-${code}`, fields: 'istio-unknown-field' })[
    stage ?? 'validate'
  ];

type Place = Pick<Issue, 'object' | 'source'>;

function admissionIssues(verdict: AdmissionVerdict, place: Place): readonly Issue[] {
  const issue = (severity: Issue['severity'], hint: string) => (violation: Violation) => ({
    code: severity === 'error' ? errorCode(verdict, violation) : `istio-${violation.code}`,
    severity,
    message: violation.message,
    hint,
    path: violation.path,
    ...place,
  });
  const hint =
    place.object?.kind === 'ConfigMap' ? meshHint : stageHints[verdict.stage ?? 'validate'];
  return [
    ...verdict.errors.map(issue('error', hint)),
    ...verdict.warnings.map(issue('warning', warningHint)),
  ];
}

function schemaIssue({ kind, path, message }: SchemaViolation, place: Place): Issue {
  const severity = kind === 'unknown-field' ? 'warning' : 'error';
  return { code: `schema-${kind}`, severity, message, hint: schemaHint(kind), path, ...place };
}

/** What Istio's webhook and CRDs object to, as issues; what both say of one field is said once. */
export function verdictIssues(
  raw: RawResource,
  object: ObjectRef,
  options: ValidateOptions,
): readonly Issue[] {
  const verdict = validateResource(raw, options);
  if (verdict === undefined) return [];
  const place: Place = { object, source: raw.source };
  const issues = admissionIssues(verdict.admission, place);
  const said = new Set(issues.map(({ path }) => path));
  const violations = verdict.schema?.violations ?? [];
  const rest = violations.filter(({ path }) => !said.has(path));
  return [...issues, ...rest.map(violation => schemaIssue(violation, place))];
}
