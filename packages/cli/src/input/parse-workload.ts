import { UsageError } from '../usage-error';

/** A workload as one argument names it. */
export interface WorkloadName {
  readonly namespace: string;
  readonly name: string;
  readonly kind?: string;
}

/** Reads `namespace/name`, `namespace/kind/name`, or `name` in the namespace of `-n`. */
export function parseWorkload(argument: string, namespace: string): WorkloadName {
  const parts = argument.split('/');
  const hint = 'write namespace/name, namespace/kind/name, or a name and -n';
  if (parts.some(part => part === ''))
    throw new UsageError(`\`${argument}\` names no workload`, hint);
  const [first = '', second, third, ...more] = parts;
  if (more.length > 0) throw new UsageError(`\`${argument}\` names no workload`, hint);
  if (second === undefined) return { namespace, name: first };
  if (third === undefined) return { namespace: first, name: second };
  return { namespace: first, kind: second, name: third };
}
