import type { Workload } from '../../mesh';
import type { ObjectRef, SourceRef } from '../../origin';
import { placeOf } from '../rule';

export interface AnnotationPlace {
  readonly value: string;
  readonly at: { readonly object: ObjectRef; readonly source?: SourceRef; readonly path: string };
}

/** An annotation of a workload's pods and where it is written; `undefined` when it is not there. */
export function annotationPlace(workload: Workload, name: string): AnnotationPlace | undefined {
  const value = workload.template.annotations[name];
  const place = placeOf(workload.origin);
  if (value === undefined || place === undefined) return undefined;
  const holder = workload.resource === undefined ? 'metadata' : 'spec.template.metadata';
  return { value, at: { ...place, path: `${holder}.annotations.${name}` } };
}
