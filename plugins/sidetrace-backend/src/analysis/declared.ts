import { createHash } from 'node:crypto';
import type { AccessTarget } from '@sidetrace/core';

/** Hosts that the catalog declares, by `namespace/kind/name` of the workload. */
export type Declared = Readonly<Record<string, readonly AccessTarget[]>>;

/** Equal for the same hosts in any order. */
export function declaredKey(targets: readonly AccessTarget[]): string {
  const texts = targets.map(({ host, port = '', protocol = '' }) => `${host}:${port}/${protocol}`);
  return [...new Set(texts)].sort().join(',');
}

export function declaredDigest(declared: Declared): string {
  const entries = Object.keys(declared)
    .sort()
    .map(key => `${key}=${declaredKey(declared[key] ?? [])}`);
  return createHash('sha256').update(entries.join('\n')).digest('hex');
}
