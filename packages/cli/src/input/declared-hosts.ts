import type { AccessTarget } from '@sidetrace/core';
import { parseAccessTarget } from './parse-target';

/** Hosts that workloads say they need, as `sidetrace.yaml` lists them. */
export interface DeclaredHosts {
  /** `namespace/name`; `*` stands for any text. */
  readonly workload: string;
  /** `host[:port][/HTTP|TLS|TCP|UDP]`. */
  readonly hosts: readonly string[];
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a name fits a pattern in which `*` stands for any text. */
export function fitsPattern(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.split('*').map(escape).join('.*')}$`).test(name);
}

/**
 * What each workload declares, by `namespace/name`, for `externalAccess` and `audit`; a workload that fits several
 * entries declares the hosts of all.
 */
export function declaredByWorkload(
  declared: readonly DeclaredHosts[],
  workloads: Iterable<{ readonly namespace: string; readonly name: string }>,
): Readonly<Record<string, readonly AccessTarget[]>> {
  const found = new Map<string, readonly AccessTarget[]>();
  for (const { namespace, name } of workloads) {
    const key = `${namespace}/${name}`;
    const hosts = declared
      .filter(({ workload }) => fitsPattern(workload, key))
      .flatMap(entry => entry.hosts);
    if (hosts.length > 0) found.set(key, [...new Set(hosts)].map(parseAccessTarget));
  }
  return Object.fromEntries(found);
}
