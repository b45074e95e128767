import { refOf } from '../../resources';
import { type HostIndex, hostIndex } from '../facts/host-index';
import { groupBy } from '../group-by';
import type { Rule } from '../rule';

export const sidecarHostNotInRegistry: Rule = {
  id: 'sidecar/host-not-in-registry',
  level: 'warning',
  title: 'a Sidecar imports a host that nothing registers',
  why: 'the pattern matches no service; a misspelt namespace or host is the usual cause',
  inputs: [],
  aliases: ['KIA1004'],
  tags: [],
  *check({ mesh, hosts }) {
    const services = groupBy(mesh.services, service => service.namespace);
    const indexes = new Map<string, HostIndex>();
    const indexOf = (namespace: string) => {
      const known = indexes.get(namespace);
      const names = () => (services.get(namespace) ?? []).map(item => item.hostname.toLowerCase());
      const made = known ?? hostIndex(names());
      indexes.set(namespace, made);
      return made;
    };
    /** Whether `namespace/host` covers a registered service; `.` is the Sidecar's own namespace, `*` any. */
    const matchesSome = (pattern: string, own: string) => {
      const slash = pattern.indexOf('/');
      const scope = slash < 0 ? '*' : pattern.slice(0, slash);
      const host = pattern.slice(slash + 1).toLowerCase();
      if (host === '*') return true;
      return (scope === '*' ? hosts() : indexOf(scope === '.' ? own : scope)).overlaps(host);
    };
    for (const sidecar of mesh.resources.sidecars) {
      const own = sidecar.metadata.namespace ?? '';
      for (const [i, listener] of sidecar.spec.egress.entries()) {
        for (const [j, pattern] of listener.hosts.entries()) {
          if (pattern.startsWith('~') || matchesSome(pattern, own)) continue;
          yield {
            object: refOf(sidecar),
            source: sidecar.source,
            path: `spec.egress.${i}.hosts.${j}`,
            message: `\`${pattern}\` matches no service of the registry`,
          };
        }
      }
    }
  },
};
