import { refOf } from '../../resources';
import type { Rule } from '../rule';

/** Annotations that only a pod's proxy reads. */
const podOnly = /^(traffic\.sidecar|sidecar|status\.sidecar|proxy)\.istio\.io\//;

export const workloadAnnotationNotOnPodTemplate: Rule = {
  id: 'workload/annotation-not-on-pod-template',
  level: 'error',
  title: 'a traffic annotation on the workload instead of its pods',
  why: 'the injector reads the pod; the annotation has no effect',
  inputs: [],
  aliases: ['IST0107'],
  tags: ['S50'],
  *check({ mesh }) {
    for (const workload of mesh.resources.workloads) {
      for (const [name, value] of Object.entries(workload.metadata.annotations)) {
        if (!podOnly.test(name) || workload.spec.template.annotations[name] !== undefined) continue;
        const template =
          workload.kind === 'CronJob'
            ? ['spec', 'jobTemplate', 'spec', 'template']
            : ['spec', 'template'];
        yield {
          object: refOf(workload),
          source: workload.source,
          path: `metadata.annotations.${name}`,
          message: `\`${name}\` stands on the ${workload.kind}, not on its pod template`,
          workloads: [
            {
              kind: workload.kind,
              namespace: workload.metadata.namespace ?? '',
              name: workload.metadata.name,
            },
          ],
          fix: {
            title: 'move it to the pod template',
            edits: [
              {
                op: 'set',
                source: workload.source,
                path: [...template, 'metadata', 'annotations', name],
                value,
              },
              { op: 'remove', source: workload.source, path: ['metadata', 'annotations', name] },
            ],
          },
        };
      }
    }
  },
};
