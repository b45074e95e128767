import type { Workload } from '../../mesh';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

const proxyId = 1337;

/** Application containers whose effective uid or gid is the proxy's; a container's own setting wins over the pod's. */
function* collisions({ template, resource }: Workload) {
  const prefix = resource === undefined ? 'spec' : 'spec.template.spec';
  const lists = [
    ['containers', template.spec.containers],
    ['initContainers', template.spec.initContainers],
  ] as const;
  for (const [list, containers] of lists) {
    for (const [index, { name, securityContext }] of containers.entries()) {
      if (name === 'istio-proxy' || name === 'istio-init' || name === 'istio-validation') continue;
      for (const [field, what] of [
        ['runAsUser', 'uid'],
        ['runAsGroup', 'gid'],
      ] as const) {
        const own = securityContext?.[field];
        if ((own ?? template.spec.securityContext?.[field]) !== proxyId) continue;
        const at = own === undefined ? prefix : `${prefix}.${list}.${index}`;
        yield { name, what, path: `${at}.securityContext.${field}` };
      }
    }
  }
}

export const podProxyUidCollision: Rule = {
  id: 'pod/proxy-uid-collision',
  level: 'error',
  title: "a container runs with the proxy's uid or gid",
  why: "its traffic matches the proxy's own rules and bypasses the sidecar",
  inputs: ['workloads'],
  aliases: ['IST0144'],
  tags: ['S52', 'NSA/CISA', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      const place = placeOf(workload.origin);
      if (place === undefined) continue;
      for (const { name, path, what } of collisions(workload)) {
        yield {
          ...place,
          path,
          message: `container \`${name}\` runs with ${what} 1337: its calls go out directly`,
          workloads: [workload.ref],
          hosts: ['*'],
        };
      }
    }
  },
};
