import type { Rule } from '../rule';
import { placeOf } from '../rule';

const isJob = (kind: string) => kind === 'Job' || kind === 'CronJob';

export const jobInjectionDisabled: Rule = {
  id: 'job/injection-disabled',
  level: 'warning',
  title: 'a Job opts out of the mesh',
  why: 'the usual way to let a Job end is also a way around every policy',
  inputs: ['workloads'],
  aliases: [],
  tags: ['S56', 'NSA/CISA', 'ATT&CK M1037'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      if (!isJob(workload.ref.kind)) continue;
      const place = placeOf(workload.origin);
      const off = [workload.labels, workload.annotations].some(
        values => values['sidecar.istio.io/inject'] === 'false',
      );
      if (!off || place === undefined) continue;
      yield {
        ...place,
        message: '`sidecar.istio.io/inject: false`: its calls go out directly',
        workloads: [workload.ref],
        hosts: ['*'],
      };
    }
  },
};
