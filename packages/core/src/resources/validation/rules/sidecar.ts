import { type Findings, reject, rejectIf, warn } from '../findings';
import type { Subject } from '../subject';
import { checkFqdn } from '../syntax/dns-name';
import { selectsEverything, validateSelectorLabels, withoutLabels } from '../syntax/selector';
import { validateConnectionPool } from './connection-pool';
import { validateDestination } from './destination';
import { validateSidecarEgress } from './sidecar-egress';
import { validateSidecarIngress } from './sidecar-ingress';
import type { SidecarMessage } from './sidecar-message';

function validateOutboundPolicy(findings: Findings, sidecar: SidecarMessage): void {
  const policy = sidecar.outboundTrafficPolicy;
  const proxy = policy?.egressProxy;
  if (policy === undefined || proxy === undefined) return;
  const path = 'spec.outboundTrafficPolicy.egressProxy';
  if (policy.mode !== 'ALLOW_ANY') {
    const message =
      'sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode';
    reject(findings, 'conflict', path, message);
    return;
  }
  rejectIf(findings, 'host-invalid', `${path}.host`, checkFqdn(proxy.host));
  if (proxy.port === undefined) {
    reject(findings, 'missing', `${path}.port`, 'sidecar: egress_proxy port must be non-nil');
    return;
  }
  validateDestination(findings, proxy, path);
}

const isEmpty = (sidecar: SidecarMessage) =>
  sidecar.egress.length === 0 &&
  sidecar.ingress.length === 0 &&
  sidecar.outboundTrafficPolicy === undefined &&
  sidecar.inboundConnectionPool === undefined;

/** `ValidateSidecar`. */
export function validateSidecar(
  findings: Findings,
  subject: Subject,
  sidecar: SidecarMessage,
): void {
  const selector = sidecar.workloadSelector;
  if (selector !== undefined) {
    validateSelectorLabels(findings, selector.labels, 'spec.workloadSelector.labels');
    if (findings.errors.length > 0) return;
  }
  if (isEmpty(sidecar)) {
    reject(findings, 'missing', 'spec', 'sidecar: empty configuration provided');
    return;
  }
  if (selector !== undefined && selectsEverything(selector.labels)) {
    const message = `sidecar: ${withoutLabels}, will be applied to all services in namespace`;
    warn(findings, 'selector-invalid', 'spec.workloadSelector', message);
  }
  validateSidecarIngress(findings, sidecar.ingress);
  validateConnectionPool(findings, sidecar.inboundConnectionPool, 'spec.inboundConnectionPool');
  validateSidecarEgress(findings, subject, sidecar.egress);
  validateOutboundPolicy(findings, sidecar);
}
