import type { Resource } from './resource';

export interface SliceEndpoint {
  readonly addresses: readonly string[];
  /** `undefined` counts as ready. */
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
  readonly nodeName?: string;
  readonly hostname?: string;
  readonly targetRef?: {
    readonly kind?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
}

/** EndpointSlice; Endpoints are decoded into the same shape. The service is named by `kubernetes.io/service-name`. */
export interface EndpointSliceSpec {
  readonly addressType: string;
  readonly endpoints: readonly SliceEndpoint[];
  readonly ports: readonly {
    readonly name?: string;
    readonly port?: number;
    readonly protocol?: string;
  }[];
}
export type EndpointSlice = Resource<'EndpointSlice', EndpointSliceSpec>;
