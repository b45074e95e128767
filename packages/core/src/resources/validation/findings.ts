/** What a rule objects to; stable, one word for each concept. */
export type ViolationCode =
  | 'address-invalid'
  | 'annotation-invalid'
  | 'certificate-invalid'
  | 'conflict'
  | 'deprecated'
  | 'duplicate'
  | 'duration-invalid'
  | 'export-to-invalid'
  | 'header-invalid'
  | 'host-invalid'
  | 'label-invalid'
  | 'locality-invalid'
  | 'match-invalid'
  | 'missing'
  | 'name-invalid'
  | 'no-effect'
  | 'port-invalid'
  | 'protocol-invalid'
  | 'range-invalid'
  | 'rule-ineffective'
  | 'rule-unreachable'
  | 'selector-invalid'
  | 'unsupported';

/** One sentence of Istio's validator, in its own words where they are known. */
export interface Violation {
  readonly code: ViolationCode;
  /** Dotted path inside the object. */
  readonly path: string;
  readonly message: string;
}

/** Collects what the rules of one object find. */
export interface Findings {
  readonly errors: Violation[];
  readonly warnings: Violation[];
}

export const noFindings = (): Findings => ({ errors: [], warnings: [] });

export function reject(
  findings: Findings,
  code: ViolationCode,
  path: string,
  message: string,
): void {
  findings.errors.push({ code, path, message });
}

/** Rejects when there is a message. */
export function rejectIf(
  findings: Findings,
  code: ViolationCode,
  path: string,
  message: string | undefined,
): void {
  if (message !== undefined) reject(findings, code, path, message);
}

export function warn(findings: Findings, code: ViolationCode, path: string, message: string): void {
  findings.warnings.push({ code, path, message });
}

/** Takes over what another collection found. */
export function merge(into: Findings, from: Findings): void {
  into.errors.push(...from.errors);
  into.warnings.push(...from.warnings);
}

/**
 * Runs rules whose warnings Istio loses on the way (`AppendErrors` keeps only the errors of what it is given), so that
 * they are not shown here either.
 */
export function withoutWarnings(findings: Findings, run: (inner: Findings) => void): void {
  run({ errors: findings.errors, warnings: [] });
}

/** As Go's `%q`, near enough for messages. */
export const quoted = (text: string): string => JSON.stringify(text);
