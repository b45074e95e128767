import type { MeshService, MeshServicePort } from '../registry/service';

/** A service port that leads to a port of the proxy's own pod (`pilot/pkg/model/service.go:ServiceTarget`). */
export interface ServiceTarget {
  readonly service: MeshService;
  readonly port: MeshServicePort;
  /** Port inside the pod. */
  readonly targetPort: number;
}
