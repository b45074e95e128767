import type { WorkloadRef } from '../simulation';
import type { AccessProtocol } from './row';

/** FNV-1a over the characters, 32 bits. */
function fnv(text: string, seed: number): number {
  let value = seed;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
}

const hex = (value: number) => value.toString(16).padStart(8, '0');

/** Stable name of a cell: the same for the same workload, host, port and protocol in every run. */
export function rowId(
  workload: WorkloadRef,
  target: { readonly host: string; readonly port: number; readonly protocol: AccessProtocol },
): string {
  const { kind, namespace, name } = workload;
  const text = [kind, namespace, name, target.host, target.port, target.protocol].join('\n');
  return hex(fnv(text, 0x811c9dc5)) + hex(fnv(text, 0x01234567));
}
