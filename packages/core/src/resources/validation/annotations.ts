import { own } from '../decode/cursor';
import { scalarText } from '../decode/scalar-text';
import type { Violation } from './findings';
import { quoted } from './findings';
import type { Subject } from './subject';
import { refusesInternalAnnotations } from './versions';

const dryRun = 'istio.io/dry-run';
const alwaysReject = 'internal.istio.io/webhook-always-reject';
const internal = ['internal.istio.io/parent-namespace', 'internal.istio.io/parents'];
const booleans = ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'];

/** Actions by name or number that take a dry run. */
const tries = (action: unknown) =>
  [undefined, null, 'ALLOW', 'DENY', 0, 1].includes(action as null);

function checkDryRun(subject: Subject, spec: unknown): string | undefined {
  const value = subject.annotations.get(dryRun);
  if (value === undefined) return undefined;
  const place = `${subject.namespace}/${subject.name}`;
  if (subject.kind !== 'AuthorizationPolicy') {
    return `${place} has unsupported annotation ${dryRun}, please remove the annotation`;
  }
  const action = own(spec, 'action');
  if (!tries(action)) {
    return `the annotation ${dryRun} currently only supports action ALLOW/DENY, found action ${scalarText(action)} in ${place}`;
  }
  return booleans.includes(value)
    ? undefined
    : `${place} has annotation ${dryRun} with invalid value (${value}): strconv.ParseBool: parsing ${quoted(value)}: invalid syntax`;
}

/** `validateMetadata`: annotations that Istio refuses before it looks at the spec. */
export function checkAnnotations(subject: Subject, spec: unknown): Violation | undefined {
  const violation = (name: string, message: string): Violation => ({
    code: 'annotation-invalid',
    path: `metadata.annotations.${name}`,
    message,
  });
  const wrong = checkDryRun(subject, spec);
  if (wrong !== undefined) return violation(dryRun, wrong);
  if (subject.annotations.has(alwaysReject)) {
    return violation(alwaysReject, `${quoted(alwaysReject)} annotation found, rejecting`);
  }
  if (!refusesInternalAnnotations(subject.minor)) return undefined;
  const found = internal.find(name => subject.annotations.has(name));
  return found === undefined
    ? undefined
    : violation(found, `${quoted(found)} annotation found, this may not be set by users`);
}
