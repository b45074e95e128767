import type { ValueOf } from '../../schema';
import type { trafficExtensionSchema } from '../../schema/kinds/traffic-extension';
import { type Findings, reject } from '../findings';
import type { Subject } from '../subject';
import { validatePolicyTarget } from './policy-target';

/** A TrafficExtension runs one filter, Wasm or Lua. */
export function validateTrafficExtension(
  findings: Findings,
  _subject: Subject,
  extension: ValueOf<typeof trafficExtensionSchema>,
): void {
  validatePolicyTarget(findings, extension);
  if (extension.wasm === undefined && extension.lua === undefined) {
    reject(findings, 'missing', 'spec', 'exactly one of wasm or lua must be set');
  }
}
