import { annotationPlace } from '../facts/annotation-place';
import type { Rule } from '../rule';

const annotation = 'traffic.sidecar.istio.io/excludeOutboundPorts';

export const podExcludePort443: Rule = {
  id: 'pod/exclude-port-443',
  level: 'warning',
  title: 'HTTPS is excluded for all hosts',
  why: 'port 443 bypasses the sidecar whatever the host',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S49', 'NSA/CISA', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      const place = annotationPlace(workload, annotation);
      if (place === undefined || !place.value.split(',').some(port => port.trim() === '443'))
        continue;
      yield {
        ...place.at,
        message: 'port 443 is not captured',
        workloads: [workload.ref],
        hosts: ['*'],
      };
    }
  },
};
