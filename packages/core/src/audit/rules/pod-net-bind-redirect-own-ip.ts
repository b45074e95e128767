import { identitiesOf, interceptionOf } from '../../interception';
import { annotationPlace } from '../facts/annotation-place';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const podNetBindRedirectOwnIp: Rule = {
  id: 'pod/net-bind-redirect-own-ip',
  level: 'warning',
  title: 'the proxy runs as root in REDIRECT mode',
  why: "the rule that sends the proxy's calls to its own pod through the inbound listener knows the proxy by its uid, and root is not that uid: a call by way of a Service to the own pod skips the inbound listener with its policies",
  inputs: ['workloads'],
  aliases: [],
  tags: [],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      const { result } = interceptionOf(mesh, { workload });
      if (result.kind !== 'programmed' || result.config.tproxy) continue;
      const { byUid, byGid } = result.proxyExempt;
      const proxy = identitiesOf(result.pod).find(({ name }) => name === 'istio-proxy');
      if (proxy?.runAsUser !== 0 || byUid !== false || byGid !== true) continue;
      const annotation = annotationPlace(workload, 'sidecar.istio.io/capNetBindService');
      const place = annotation?.at ?? placeOf(workload.origin);
      if (place === undefined) continue;
      yield {
        ...place,
        message: `the proxy runs with uid 0 and gid ${proxy.runAsGroup ?? 0}: its calls to the own pod IP skip the inbound listener`,
        workloads: [workload.ref],
        hosts: ['*'],
      };
    }
  },
};
