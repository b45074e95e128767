import { hostCovers, isWildcardHost } from '../../net';
import { refOf } from '../../resources';
import { hostIndex } from '../facts/host-index';
import { tlsSettings } from '../facts/tls-settings';
import type { Rule } from '../rule';

export const destinationruleMutualToExternal: Rule = {
  id: 'destinationrule/mutual-to-external',
  level: 'error',
  title: 'Istio mutual TLS to a host without a sidecar',
  why: 'the server does not speak it: every call fails with 503',
  inputs: [],
  aliases: [],
  tags: ['S15'],
  *check({ mesh }) {
    const external = mesh.services.filter(service => service.meshExternal);
    const names = new Set(external.map(service => service.hostname.toLowerCase()));
    const wildcards = [...names].filter(isWildcardHost);
    const index = hostIndex([...names]);
    const coveredBy = (host: string) =>
      isWildcardHost(host)
        ? [...index.below(host), ...wildcards.filter(name => hostCovers(host, name))]
        : names.has(host)
          ? [host]
          : [];
    for (const rule of mesh.resources.destinationRules) {
      for (const { tls, path } of tlsSettings(rule)) {
        if (tls.mode !== 'ISTIO_MUTUAL') continue;
        const hosts = coveredBy(rule.spec.host.toLowerCase());
        if (hosts.length === 0) continue;
        yield {
          object: refOf(rule),
          source: rule.source,
          path: path.join('.'),
          message: `ISTIO_MUTUAL for \`${rule.spec.host}\` also holds for ${hosts.length} hosts outside the mesh`,
          hosts,
        };
      }
    }
  },
};
