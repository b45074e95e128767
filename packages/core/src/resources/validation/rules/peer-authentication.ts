import type { ValueOf } from '../../schema';
import type { peerAuthenticationSchema } from '../../schema/kinds/peer-authentication';
import { type Findings, reject } from '../findings';
import type { Subject } from '../subject';
import { validateWorkloadSelector } from './destination-rule';

/** `ValidatePeerAuthentication`. */
export function validatePeerAuthentication(
  findings: Findings,
  _subject: Subject,
  policy: ValueOf<typeof peerAuthenticationSchema>,
): void {
  const { selector, portLevelMtls } = policy;
  const path = 'spec.portLevelMtls';
  const selects = (selector?.matchLabels?.size ?? 0) > 0;
  if (!selects && (portLevelMtls?.size ?? 0) > 0) {
    const message = 'mesh/namespace peer authentication cannot have port level mTLS';
    reject(findings, 'conflict', path, message);
  }
  if (portLevelMtls?.size === 0) {
    const message = 'port level mTLS, if defined, must have at least one element';
    reject(findings, 'missing', path, message);
  }
  for (const port of portLevelMtls?.keys() ?? []) {
    if (Number(port) > 0 && Number(port) <= 65535) continue;
    reject(findings, 'port-invalid', `${path}.${port}`, 'port must be in range 1..65535');
  }
  validateWorkloadSelector(findings, selector, 'spec.selector');
}
