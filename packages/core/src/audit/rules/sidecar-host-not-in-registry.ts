import type { MeshService } from '../../mesh';
import { hostsOverlap } from '../../net';
import { refOf } from '../../resources';
import type { Rule } from '../rule';

/** Whether `namespace/host` covers a registered service; `.` is the Sidecar's own namespace, `*` any. */
function matchesSome(services: readonly MeshService[], pattern: string, own: string): boolean {
  const slash = pattern.indexOf('/');
  const scope = slash < 0 ? '*' : pattern.slice(0, slash);
  const host = pattern.slice(slash + 1).toLowerCase();
  const namespace = scope === '.' ? own : scope;
  if (host === '*') return true;
  return services.some(
    service =>
      (namespace === '*' || service.namespace === namespace) &&
      hostsOverlap(host, service.hostname.toLowerCase()),
  );
}

export const sidecarHostNotInRegistry: Rule = {
  id: 'sidecar/host-not-in-registry',
  level: 'warning',
  title: 'a Sidecar imports a host that nothing registers',
  why: 'the pattern matches no service; a misspelt namespace or host is the usual cause',
  inputs: [],
  aliases: ['KIA1004'],
  tags: [],
  *check({ mesh }) {
    for (const sidecar of mesh.resources.sidecars) {
      const own = sidecar.metadata.namespace ?? '';
      for (const [i, listener] of sidecar.spec.egress.entries()) {
        for (const [j, pattern] of listener.hosts.entries()) {
          if (pattern.startsWith('~') || matchesSome(mesh.services, pattern, own)) continue;
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
