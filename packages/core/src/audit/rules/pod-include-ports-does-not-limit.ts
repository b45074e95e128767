import { annotationPlace } from '../facts/annotation-place';
import type { Rule } from '../rule';

export const podIncludePortsDoesNotLimit: Rule = {
  id: 'pod/include-ports-does-not-limit',
  level: 'warning',
  title: 'includeOutboundPorts only adds',
  why: 'it captures more, it does not keep other ports out of the sidecar',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S51'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      const place = annotationPlace(workload, 'traffic.sidecar.istio.io/includeOutboundPorts');
      if (place === undefined || place.value === '') continue;
      const ranges =
        workload.template.annotations['traffic.sidecar.istio.io/includeOutboundIPRanges'];
      if (ranges !== undefined && ranges !== '*') continue;
      yield {
        ...place.at,
        message: 'every port is captured anyway: `includeOutboundIPRanges` is `*`',
        workloads: [workload.ref],
      };
    }
  },
};
