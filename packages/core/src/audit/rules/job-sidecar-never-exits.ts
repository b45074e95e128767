import { proxyContainerOf } from '../facts/proxy-container';
import type { Rule } from '../rule';
import { placeOf } from '../rule';

export const jobSidecarNeverExits: Rule = {
  id: 'job/sidecar-never-exits',
  level: 'warning',
  title: 'a Job with a classic sidecar does not end',
  why: 'the pod stays until its last container ends, and the proxy does not; native sidecars do',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S56'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      if (workload.ref.kind !== 'Job' && workload.ref.kind !== 'CronJob') continue;
      const place = placeOf(workload.origin);
      const proxy = proxyContainerOf(mesh, workload);
      if (place === undefined || proxy === undefined || proxy.native) continue;
      yield {
        ...place,
        message: 'its sidecar is an ordinary container',
        workloads: [workload.ref],
      };
    }
  },
};
