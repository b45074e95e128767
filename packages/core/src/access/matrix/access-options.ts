import type { SimulateOptions, WorkloadRef } from '../../simulation';
import type { AccessProtocol } from '../row';

/** A host that somebody asks about. Port and protocol left out: those that the mesh or the protocol suggests (443 TLS, 80 HTTP). */
export interface AccessTarget {
  readonly host: string;
  readonly port?: number;
  readonly protocol?: AccessProtocol;
}

/** Which part of the matrix is wanted. Everything left out means all. */
export interface AccessOptions extends SimulateOptions {
  readonly workloads?: readonly WorkloadRef[];
  readonly namespaces?: readonly string[];
  /** Further hosts, beside those of ServiceEntries and VirtualServices. */
  readonly hosts?: readonly AccessTarget[];
  /** Only these hosts, not those that the mesh knows. */
  readonly onlyHosts?: readonly AccessTarget[];
  /** Hosts that a workload declares it needs, by `namespace/name`. */
  readonly declared?: Readonly<Record<string, readonly AccessTarget[]>>;
}
