import type { WorkloadRef } from '../simulation';
import { digest } from './digest';
import type { AccessProtocol } from './row';

/** Stable name of a cell: the same for the same workload, host, port and protocol in every run. */
export function rowId(
  workload: WorkloadRef,
  target: { readonly host: string; readonly port: number; readonly protocol: AccessProtocol },
): string {
  const { kind, namespace, name } = workload;
  return digest([kind, namespace, name, target.host, target.port, target.protocol].join('\n'));
}
