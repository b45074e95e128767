import type { Trace } from '../trace';

/** A call as asked, or as it would be under one condition that the input leaves open. */
export interface CallVariant {
  /** `while the proxy is not running`, `if the client speaks plain HTTP`; absent for the call as asked. */
  readonly when?: string;
  readonly trace: Trace;
}
