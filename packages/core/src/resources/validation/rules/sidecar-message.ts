import type { ValueOf } from '../../schema';
import type { sidecarSchema } from '../../schema/kinds/sidecar';

/** A Sidecar's spec as istiod decodes it. */
export type SidecarMessage = ValueOf<typeof sidecarSchema>;
