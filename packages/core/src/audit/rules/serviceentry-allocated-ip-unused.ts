import { refOf } from '../../resources';
import type { Rule } from '../rule';

export const serviceentryAllocatedIpUnused: Rule = {
  id: 'serviceentry/allocated-ip-unused',
  level: 'info',
  title: 'an address is allocated but no proxy uses it',
  why: 'istiod allocates addresses by default; they matter only where the proxy answers DNS',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S36'],
  *check({ mesh, scopes }) {
    const capturing = scopes().some(({ proxy }) => proxy.metadata.DNS_CAPTURE === 'true');
    if (capturing) return;
    for (const entry of mesh.resources.serviceEntries) {
      if (entry.spec.allocated.length === 0) continue;
      yield {
        object: refOf(entry),
        source: entry.source,
        path: 'status.addresses',
        message: `${entry.spec.allocated.map(item => item.value).join(', ')} allocated, DNS capture is off`,
        hosts: entry.spec.hosts,
      };
    }
  },
};
