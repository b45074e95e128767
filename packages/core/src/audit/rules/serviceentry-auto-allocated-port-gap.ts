import { findWorkload, proxiesOf } from '../../mesh';
import { refOf } from '../../resources';
import type { Rule } from '../rule';

export const serviceentryAutoAllocatedPortGap: Rule = {
  id: 'serviceentry/auto-allocated-port-gap',
  level: 'warning',
  title: 'a declared port of an allocated address is not in the entry',
  why: 'the name resolves to an address that only the declared ports of the entry serve: every other port of the host ends at an address that leads nowhere',
  inputs: ['workloads', 'declared-hosts'],
  aliases: [],
  tags: ['S32'],
  *check(context) {
    const { mesh, declared = [] } = context;
    for (const { workload: ref, host, port } of declared) {
      if (port === undefined) continue;
      const workload = findWorkload(mesh, ref);
      const proxy = workload === undefined ? undefined : proxiesOf(mesh, workload)[0];
      if (proxy?.metadata.DNS_CAPTURE !== 'true') continue;
      for (const entry of mesh.resources.serviceEntries) {
        const { hosts, allocated, ports } = entry.spec;
        const at = hosts.findIndex(name => name.toLowerCase() === host.toLowerCase());
        if (at < 0 || allocated.length === 0 || ports.some(item => item.number === port)) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: 'spec.ports',
          message: `\`${host}\` resolves to ${allocated.map(item => item.value).join(', ')}, where port ${port} does not exist`,
          workloads: [ref],
          hosts: [host],
        };
      }
    }
  },
};
