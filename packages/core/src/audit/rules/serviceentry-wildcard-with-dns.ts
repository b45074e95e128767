import { refOf } from '../../resources';
import { setField } from '../findings/fix';
import type { Rule } from '../rule';

export const serviceentryWildcardWithDns: Rule = {
  id: 'serviceentry/wildcard-with-dns',
  level: 'error',
  title: 'a wildcard host cannot be resolved by DNS',
  why: 'Istio refuses the entry: DNS resolution needs full names, or endpoints',
  inputs: [],
  aliases: ['IST0106'],
  tags: ['S28'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      const { hosts, resolution, endpoints } = entry.spec;
      if ((resolution !== 'DNS' && resolution !== 'DNS_ROUND_ROBIN') || endpoints.length > 0)
        continue;
      for (const [index, host] of hosts.entries()) {
        if (!host.startsWith('*')) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.hosts.${index}`,
          message: `\`${host}\` is a wildcard and resolution is ${resolution}`,
          hosts: [host],
          fix: setField(
            'pass the connection on as addressed',
            entry.source,
            ['spec', 'resolution'],
            'NONE',
          ),
        };
      }
    }
  },
};
