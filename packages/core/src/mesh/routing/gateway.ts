import type { Origin } from '../../origin';
import type { Gateway } from '../../resources';

/** A Gateway that selects a proxy. `name` is `namespace/name`, as VirtualServices name it. */
export interface MeshGateway {
  readonly name: string;
  readonly gateway: Gateway;
  readonly origin: Origin;
}
