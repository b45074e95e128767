import type { DecodedResources, PodTemplate } from '../../resources';
import type { Workload } from '../workload/workload';

type Annotations = PodTemplate['annotations'];

function edit(annotations: Annotations, name: string, value: string | undefined): Annotations {
  const { [name]: _, ...others } = annotations;
  return value === undefined ? others : { ...others, [name]: value };
}

/** Sets or removes an annotation of a workload's pods: in the template, and in the pods that run, as after a restart. */
export function annotateWorkload(
  resources: DecodedResources,
  workload: Workload,
  annotation: string,
  value: string | undefined,
): DecodedResources {
  const { resource } = workload;
  const pods = new Set(workload.pods);
  return {
    ...resources,
    workloads: resources.workloads.map(item => {
      if (item !== resource) return item;
      const { template } = item.spec;
      const annotations = edit(template.annotations, annotation, value);
      return { ...item, spec: { ...item.spec, template: { ...template, annotations } } };
    }),
    pods: resources.pods.map(pod => {
      if (!pods.has(pod)) return pod;
      const annotations = edit(pod.metadata.annotations, annotation, value);
      return { ...pod, metadata: { ...pod.metadata, annotations } };
    }),
  };
}
