import type { SchemaViolation } from '../schema';
import type { Violation } from './findings';
import type { MeshConfigMessage } from './rules/mesh-config';

/** Where the webhook refuses an object: it cannot read it, a rule objects, or it has a field beside spec and status. */
export type AdmissionStage = 'decode' | 'validate' | 'fields';

/** What Istio's validating webhook says (`pkg/webhooks/validation/server`, `pkg/config/validation`). */
export interface AdmissionVerdict {
  readonly accepted: boolean;
  readonly stage?: AdmissionStage;
  readonly errors: readonly Violation[];
  readonly warnings: readonly Violation[];
}

/** What the API server says by the CRD's structural schema and rules, with strict field checks as kubectl asks for. */
export interface SchemaVerdict {
  readonly accepted: boolean;
  readonly violations: readonly SchemaViolation[];
}

/** Both verdicts of one object; `kubectl apply` succeeds when both accept. */
export interface ObjectVerdict {
  readonly admission: AdmissionVerdict;
  /** Absent when no CRD has this group, version and kind. */
  readonly schema?: SchemaVerdict;
  /** The mesh configuration in force, defaults merged in, when the object is its ConfigMap and is accepted. */
  readonly meshConfig?: MeshConfigMessage;
}

export const accepted = (warnings: readonly Violation[]): AdmissionVerdict => ({
  accepted: true,
  errors: [],
  warnings,
});

export const refused = (
  stage: AdmissionStage,
  errors: readonly Violation[],
  warnings: readonly Violation[] = [],
): AdmissionVerdict => ({ accepted: false, stage, errors, warnings });

/** A value that does not decode. */
export const undecodable = (path: string, message: string): AdmissionVerdict =>
  refused('decode', [{ code: 'unsupported', path, message }]);
