import type { ValueOf } from '../../schema';
import type { proxyConfigSchema } from '../../schema/kinds/proxy-config';
import { type Findings, reject } from '../findings';
import type { Subject } from '../subject';
import { validateWorkloadSelector } from './destination-rule';

/** `ValidateProxyConfig`: the object, not the field of the mesh configuration. */
export function validateProxyConfig(
  findings: Findings,
  _subject: Subject,
  config: ValueOf<typeof proxyConfigSchema>,
): void {
  validateWorkloadSelector(findings, config.selector, 'spec.selector');
  if ((config.concurrency ?? 0) < 0) {
    const message = 'concurrency must be greater than or equal to 0';
    reject(findings, 'range-invalid', 'spec.concurrency', message);
  }
}
