import { findWorkload, type Mesh, type Workload } from '@sidetrace/core';
import { UsageError } from '../usage-error';
import { parseWorkload } from './parse-workload';

const shown = 12;

/** The workload that an argument names; when there is none, the message lists those that there are. */
export function requireWorkload(mesh: Mesh, argument: string, namespace = 'default'): Workload {
  const { namespace: place, kind, name } = parseWorkload(argument, namespace);
  const text = kind === undefined ? `${place}/${name}` : `${place}/${kind}/${name}`;
  const workload = findWorkload(mesh, text);
  if (workload !== undefined) return workload;
  const all = mesh.workloads.map(({ ref }) => `${ref.namespace}/${ref.name}`).sort();
  const rest = all.length > shown ? `, and ${all.length - shown} more` : '';
  const hint =
    all.length === 0
      ? 'the input holds no workload'
      : `there are ${all.slice(0, shown).join(', ')}${rest}`;
  throw new UsageError(`there is no workload \`${text}\` in the input`, hint);
}
