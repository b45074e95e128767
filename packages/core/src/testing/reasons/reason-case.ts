import type { MeshOptions } from '../../mesh';
import type { Call, ReasonCode, SimulateOptions } from '../../simulation';

/** One mesh and one call that show a reason. */
export interface ReasonCase {
  readonly code: ReasonCode;
  readonly manifests: string;
  readonly call: Omit<Call, 'from'> & { readonly from?: Call['from'] };
  readonly options?: SimulateOptions;
  readonly mesh?: MeshOptions;
}

/** Stands for the address of the pod that calls. */
