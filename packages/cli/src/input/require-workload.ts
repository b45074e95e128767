import { findWorkload, type Mesh, type Workload } from '@sidetrace/core';
import { UsageError } from '../usage-error';
import { parseWorkload } from './parse-workload';

const shown = 12;
/** Letters that two names must share at least to be taken for the same. */
const telling = 3;

/** The workload that an argument names; when there is none, the message lists those that there are, likely ones alone. */
export function requireWorkload(mesh: Mesh, argument: string, namespace = 'default'): Workload {
  const { namespace: place, kind, name } = parseWorkload(argument, namespace);
  const text = kind === undefined ? `${place}/${name}` : `${place}/${kind}/${name}`;
  const workload = findWorkload(mesh, text);
  if (workload !== undefined) return workload;
  throw new UsageError(`there is no workload \`${text}\` in the input`, hintFor(mesh, name));
}

/** A Deployment is often asked for by the name of its Service, without its version, or in another namespace. */
function hintFor({ workloads }: Mesh, name: string): string {
  const named = (one: string) =>
    Math.min(one.length, name.length) >= telling && (one.includes(name) || name.includes(one));
  const listed = (items: typeof workloads) =>
    items.map(({ ref }) => `${ref.namespace}/${ref.name}`).sort();
  const likely = listed(workloads.filter(({ ref }) => named(ref.name)));
  if (likely.length > 0) return `did you mean ${few(likely, ' or ')}?`;
  const all = listed(workloads);
  return all.length === 0 ? 'the input holds no workload' : `there are ${few(all, ', ')}`;
}

function few(names: readonly string[], separator: string): string {
  const rest = names.length > shown ? `, and ${names.length - shown} more` : '';
  return `${names.slice(0, shown).join(names.length > shown ? ', ' : separator)}${rest}`;
}
