import { refOf, type ServiceEntrySpec } from '../../resources';
import type { Rule } from '../rule';

const allowed = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'TLS', 'HTTPS']);

function* problems({ hosts, addresses, endpoints, ports }: ServiceEntrySpec) {
  for (const [index, host] of hosts.entries()) {
    if (!host.startsWith('*')) {
      yield { path: `spec.hosts.${index}`, message: `\`${host}\` is no wildcard` };
    }
  }
  if (addresses.length > 0) yield { path: 'spec.addresses', message: 'it has `addresses`' };
  if (endpoints.length > 0) yield { path: 'spec.endpoints', message: 'it has `endpoints`' };
  for (const [index, { protocol, number }] of ports.entries()) {
    if (!allowed.has(protocol.toUpperCase())) {
      yield {
        path: `spec.ports.${index}.protocol`,
        message: `port ${number} is ${protocol || 'TCP'}`,
      };
    }
  }
}

export const serviceentryDynamicDnsInvalid: Rule = {
  id: 'serviceentry/dynamic-dns-invalid',
  level: 'error',
  title: 'DYNAMIC_DNS with something it does not allow',
  why: 'Istio refuses the entry: DYNAMIC_DNS wants wildcard hosts, no addresses, no endpoints, and HTTP or TLS ports',
  inputs: [],
  aliases: ['IST0106'],
  tags: ['S31'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      if (entry.spec.resolution !== 'DYNAMIC_DNS') continue;
      for (const { path, message } of problems(entry.spec)) {
        yield {
          object: refOf(entry),
          source: entry.source,
          path,
          message,
          hosts: entry.spec.hosts,
        };
      }
    }
  },
};
