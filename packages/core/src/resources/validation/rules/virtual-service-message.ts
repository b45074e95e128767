import type { ValueOf } from '../../schema';
import type { virtualServiceSchema } from '../../schema/kinds/virtual-service';

/** A VirtualService's spec as istiod decodes it. */
export type VirtualServiceMessage = ValueOf<typeof virtualServiceSchema>;
export type HttpRouteMessage = VirtualServiceMessage['http'][number];
