import { isInjected, proxiesOf } from '../../mesh';
import { refOf } from '../../resources';
import { egressLimitedIn } from '../facts/egress-limits';
import { bindsMesh, isExternal, leadsToGateway } from '../facts/egress-routes';
import { unionOf } from '../findings/workload-set';
import type { Rule } from '../rule';

export const egressgatewayDirectPathOpen: Rule = {
  id: 'egressgateway/direct-path-open',
  level: 'warning',
  title: 'the gateway is a detour, not the only way',
  why: 'a pod that goes around its sidecar reaches the host directly; no NetworkPolicy forbids it',
  inputs: ['workloads', 'network-policies'],
  aliases: [],
  tags: ['S61', 'PCI DSS 1.3.2', 'NSA/CISA'],
  *check({ mesh }) {
    const isLimited = egressLimitedIn(mesh);
    const open = mesh.workloads.filter(
      workload =>
        isInjected(mesh, workload) &&
        proxiesOf(mesh, workload)[0]?.type !== 'router' &&
        !isLimited(workload),
    );
    const workloads = unionOf([{ workloads: open }]);
    for (const service of mesh.resources.virtualServices) {
      if (!bindsMesh(service) || !leadsToGateway(mesh, service)) continue;
      const external = service.spec.hosts.filter(host => isExternal(mesh, host));
      if (external.length === 0 || open.length === 0) continue;
      yield {
        object: refOf(service),
        source: service.source,
        path: 'spec.hosts',
        message: `${open.length} workloads without an egress NetworkPolicy can reach these hosts directly`,
        workloads,
        hosts: external,
      };
    }
  },
};
