import type { Rule } from '../rule';
import { placeOf } from '../rule';

const powers = new Set([
  'NET_ADMIN',
  'SYS_ADMIN',
  'SETUID',
  'SETGID',
  'ALL',
  'CAP_NET_ADMIN',
  'CAP_SYS_ADMIN',
]);

export const podCanBypass: Rule = {
  id: 'pod/can-bypass',
  level: 'info',
  title: 'a container can change the rules',
  why: 'with NET_ADMIN, privileged or root it can remove the redirection or become uid 1337',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S57', 'NSA/CISA', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      const place = placeOf(workload.origin);
      if (place === undefined) continue;
      const prefix = workload.resource === undefined ? 'spec' : 'spec.template.spec';
      for (const [
        index,
        { name, securityContext },
      ] of workload.template.spec.containers.entries()) {
        if (name === 'istio-proxy') continue;
        const adds = securityContext?.capabilities?.add ?? [];
        const power =
          securityContext?.privileged === true
            ? 'privileged'
            : adds.find(item => powers.has(item.toUpperCase()));
        if (power === undefined) continue;
        yield {
          ...place,
          path: `${prefix}.containers.${index}.securityContext`,
          message: `container \`${name}\` is ${power === 'privileged' ? power : `given ${power}`}`,
          workloads: [workload.ref],
          hosts: ['*'],
        };
      }
    }
  },
};
