import type { AccessRow } from '../../access';
import { findWorkload } from '../../mesh';
import type { ObjectRef, SourceRef } from '../../origin';
import type { ReasonCode } from '../../simulation';
import type { AuditContext } from '../audit-context';
import { type Hit, placeOf } from '../rule';

/** A row of the access matrix for a host that the workload declares, and where the workload is written. */
export interface DeclaredRow {
  readonly row: AccessRow;
  readonly place: {
    readonly object: ObjectRef;
    readonly source?: SourceRef;
    readonly path: string;
  };
}

export function* declaredRows({ mesh, declaredAccess }: AuditContext): Iterable<DeclaredRow> {
  for (const row of declaredAccess()) {
    const workload = findWorkload(mesh, row.workload);
    const place = workload === undefined ? undefined : placeOf(workload.origin);
    if (place !== undefined) yield { row, place };
  }
}

const notRegistered: ReadonlySet<ReasonCode> = new Set([
  'registry-only-no-filter-chain',
  'registry-only-no-listener',
  'registry-only-no-virtual-host',
]);

/** What the outbound policy did with a call to a host that the registry does not know; absent when it knows it. */
function unregistered({ reasons }: AccessRow): 'blocked' | 'passed' | undefined {
  if (reasons.some(reason => notRegistered.has(reason))) return 'blocked';
  return reasons.includes('allow-any') ? 'passed' : undefined;
}

/** Declared hosts of one protocol that the registry does not know: an error where that blocks them, else to be known. */
export function* unregisteredHosts(
  context: AuditContext,
  protocol: AccessRow['protocol'],
  messageFor: (row: AccessRow, answer: 'blocked' | 'passed') => string,
): Iterable<Hit> {
  for (const { row, place } of declaredRows(context)) {
    const answer = row.protocol === protocol ? unregistered(row) : undefined;
    if (answer === undefined) continue;
    yield {
      ...place,
      level: answer === 'blocked' ? 'error' : 'info',
      port: row.port,
      message: messageFor(row, answer),
      workloads: [row.workload],
      hosts: [row.host],
    };
  }
}
