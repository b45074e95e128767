import { annotationPlace } from '../facts/annotation-place';
import { annotationProblem } from '../istioctl/annotation-values';
import type { Rule } from '../rule';

export const podInvalidTrafficAnnotation: Rule = {
  id: 'pod/invalid-traffic-annotation',
  level: 'error',
  title: 'an annotation with a value that is refused',
  why: 'the injector rejects the pod: it is not created',
  inputs: ['workloads'],
  aliases: ['IST0125', 'IST0107'],
  tags: ['S59'],
  *check({ mesh }) {
    for (const workload of mesh.workloads) {
      for (const [name, value] of Object.entries(workload.template.annotations)) {
        const problem = annotationProblem(name, value);
        const place = annotationPlace(workload, name);
        if (problem === undefined || place === undefined) continue;
        yield {
          ...place.at,
          message: `\`${name}: ${value}\`: ${problem}`,
          workloads: [workload.ref],
        };
      }
    }
  },
};
