import type { Analyzer } from './analyzer';
import { annotationDefinitions } from './annotation-table';
import { annotationProblem } from './annotation-values';
import { type AnalysisMessage, messageOn, type Reported } from './message';

const inject = 'sidecar.istio.io/inject';

/** An annotation in Istio's domain: the part before the slash ends in `istio.io`. */
const isIstio = (name: string) =>
  name === 'kubernetes.io/ingress.class' || (name.split('/')[0] ?? '').endsWith('istio.io');

function* check(resource: Reported, name: string, value: string): Iterable<AnalysisMessage> {
  const path = `metadata.annotations.${name}`;
  const definition = annotationDefinitions.get(name);
  if (definition === undefined) {
    yield messageOn('IST0108', resource, `Unknown annotation: ${name}`, path);
    return;
  }
  if (
    definition.deprecated &&
    !(name === inject && resource.metadata.labels[inject] !== undefined)
  ) {
    const instead = name === inject ? ` in favor of the "${inject}" label` : '';
    const message = `Annotation "${name}" has been deprecated${instead} and may not work in future Istio versions.`;
    yield messageOn('IST0135', resource, message, path);
  }
  if (definition.resources.includes('Any')) return;
  if (!definition.resources.includes(resource.kind)) {
    const message = `Misplaced annotation: ${name} can only be applied to ${definition.resources.join(', ')}`;
    yield messageOn('IST0107', resource, message, path);
    return;
  }
  const problem = annotationProblem(name, value);
  if (problem !== undefined) {
    yield messageOn('IST0125', resource, `Invalid annotation ${name}: ${problem}`, path);
  }
}

/** Unknown, misplaced, deprecated and invalid annotations. Source: `annotations/annotations.go`. */
export const annotations: Analyzer = {
  name: 'annotations.K8sAnalyzer',
  codes: ['IST0107', 'IST0108', 'IST0125', 'IST0135'],
  *analyze({ resources }) {
    const objects: readonly Reported[] = [
      ...resources.namespaces,
      ...resources.services,
      ...resources.pods,
      ...resources.workloads.filter(workload => workload.kind === 'Deployment'),
    ];
    for (const object of objects) {
      for (const [name, value] of Object.entries(object.metadata.annotations)) {
        if (isIstio(name)) yield* check(object, name, value);
      }
    }
  },
};
