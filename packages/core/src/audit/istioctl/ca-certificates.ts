import type { ClientTls } from '../../resources';
import type { Analyzer } from './analyzer';
import { messageOn } from './message';

/** A `credentialName` reaches a sidecar only through a rule with a workload selector. */
function unverified(tls: ClientTls | undefined, selected: boolean): tls is ClientTls {
  if (tls?.mode !== 'SIMPLE' && tls?.mode !== 'MUTUAL') return false;
  if ((tls.caCertificates ?? '') !== '') return false;
  return !selected || (tls.credentialName ?? '') === '';
}

/** TLS origination that names no CA. Source: `destinationrule/ca-certificates.go`. */
export const caCertificates: Analyzer = {
  name: 'destinationrule.CaCertificateAnalyzer',
  codes: ['IST0128', 'IST0129'],
  *analyze({ resources }) {
    for (const rule of resources.destinationRules) {
      const { namespace, name } = rule.metadata;
      const { trafficPolicy: policy, host, workloadSelector } = rule.spec;
      const selected = workloadSelector !== undefined;
      const text = (mode: string) =>
        `DestinationRule ${namespace}/${name} in namespace ${namespace} has TLS mode set to ${mode} but no caCertificates are set to validate server identity for host: ${host}`;
      if (unverified(policy?.tls, selected)) {
        yield messageOn('IST0128', rule, text(policy.tls.mode), 'spec.trafficPolicy.tls');
      }
      for (const [index, { tls, port }] of (policy?.portLevelSettings ?? []).entries()) {
        if (!unverified(tls, selected)) continue;
        const path = `spec.trafficPolicy.portLevelSettings.${index}.tls`;
        yield messageOn('IST0129', rule, `${text(tls.mode)} at port number:${port}`, path);
      }
    }
  },
};
