import type { Workload } from '../../mesh';
import type { Call } from '../../simulation';
import type { Target } from './targets';

const protocols = { HTTP: 'http', TLS: 'https', TCP: 'tcp', UDP: 'udp' } as const;

/** The call that a cell is about. */
export function callOfTarget(workload: Workload, target: Target, pod?: string): Call {
  return {
    from: workload.ref,
    ...(pod !== undefined && { pod }),
    to: target.sample,
    port: target.port,
    protocol: protocols[target.protocol],
  };
}
