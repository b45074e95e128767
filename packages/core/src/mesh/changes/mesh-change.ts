import type { ObjectRef } from '../../origin';
import type { RawResource } from '../../resources';
import type { WorkloadRef } from '../workload/workload';

/** An edit of the input of a mesh. */
export type MeshChange =
  | { readonly kind: 'apply'; readonly resource: RawResource }
  | { readonly kind: 'remove'; readonly object: ObjectRef }
  /** Mesh-wide outbound mode, as `outboundTrafficPolicy.mode`. */
  | { readonly kind: 'set-outbound'; readonly mode: string }
  /** `value` absent: the annotation is removed. Applies to the pod template, and to its pods as if they were restarted. */
  | {
      readonly kind: 'annotate';
      readonly workload: WorkloadRef;
      readonly annotation: string;
      readonly value?: string;
    };
