import type { ClientTls } from '../../resources';
import type { Analyzer } from './analyzer';
import { messageOn } from './message';

const unverified = (tls: ClientTls | undefined): tls is ClientTls =>
  (tls?.mode === 'SIMPLE' || tls?.mode === 'MUTUAL') && (tls.caCertificates ?? '') === '';

/** TLS origination that names no CA. Source: `destinationrule/ca-certificates.go`. */
export const caCertificates: Analyzer = {
  name: 'destinationrule.CaCertificateAnalyzer',
  codes: ['IST0128', 'IST0129'],
  *analyze({ resources }) {
    for (const rule of resources.destinationRules) {
      const { namespace, name } = rule.metadata;
      const { trafficPolicy: policy, host } = rule.spec;
      const text = (mode: string) =>
        `DestinationRule ${namespace}/${name} in namespace ${namespace} has TLS mode set to ${mode} but no caCertificates are set to validate server identity for host: ${host}`;
      if (unverified(policy?.tls)) {
        yield messageOn('IST0128', rule, text(policy.tls.mode), 'spec.trafficPolicy.tls');
      }
      for (const [index, { tls, port }] of (policy?.portLevelSettings ?? []).entries()) {
        if (!unverified(tls)) continue;
        const path = `spec.trafficPolicy.portLevelSettings.${index}.tls`;
        yield messageOn('IST0129', rule, `${text(tls.mode)} at port number:${port}`, path);
      }
    }
  },
};
