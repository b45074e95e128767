import { refOf } from '../../resources';
import { unionOf } from '../findings/workload-set';
import type { Rule } from '../rule';

export const sidecarMissingIstioSystem: Rule = {
  id: 'sidecar/missing-istio-system',
  level: 'info',
  title: 'a Sidecar leaves istio-system out',
  why: 'services there (telemetry, gateways) are unknown to the workloads it applies to',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S38'],
  *check({ mesh, scopes }) {
    for (const { scope, workloads } of scopes()) {
      const { sidecar } = scope;
      if (sidecar === undefined || sidecar.spec.egress.length === 0) continue;
      const root = mesh.rootNamespace;
      if (sidecar.metadata.namespace === root) continue;
      const hosts = sidecar.spec.egress.flatMap(listener => listener.hosts);
      if (hosts.some(host => host.startsWith(`${root}/`) || host.startsWith('*/'))) continue;
      yield {
        object: refOf(sidecar),
        source: sidecar.source,
        path: 'spec.egress',
        message: `no egress host names \`${root}\``,
        workloads: unionOf([{ workloads }]),
      };
    }
  },
};
