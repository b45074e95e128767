import type { Mesh } from '../../mesh';
import { unregisteredHosts } from '../facts/declared-rows';
import type { Rule } from '../rule';

/** Registered external host that shares the most labels from the right, two at least. */
function nearest(mesh: Mesh, host: string): string {
  const labels = host.toLowerCase().split('.').reverse();
  const shared = (other: string) => {
    const found = other.toLowerCase().split('.').reverse();
    const different = labels.findIndex((label, at) => label !== found[at]);
    return different < 0 ? labels.length : different;
  };
  const [best] = mesh.services
    .filter(({ registry }) => registry === 'external')
    .map(({ hostname }) => ({ hostname, score: shared(hostname) }))
    .filter(({ score }) => score >= 2)
    .sort((a, b) => b.score - a.score);
  return best === undefined ? '' : `; the nearest registered host is \`${best.hostname}\``;
}

export const egressTlsSniNotRegistered: Rule = {
  id: 'egress/tls-sni-not-registered',
  level: 'error',
  title: 'a declared TLS host is not in the registry',
  why: 'Envoy finds the destination by the server name of the handshake: without a filter chain for it REGISTRY_ONLY closes the connection and ALLOW_ANY passes it on uncontrolled',
  inputs: ['workloads', 'declared-hosts'],
  aliases: [],
  tags: ['S02', 'S17'],
  check: context =>
    unregisteredHosts(
      context,
      'TLS',
      ({ host, port }) =>
        `no filter chain takes the server name \`${host}\` on port ${port}${nearest(context.mesh, host)}`,
    ),
};
