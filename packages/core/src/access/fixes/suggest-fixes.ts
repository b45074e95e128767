import { applyChanges, type Mesh, type MeshChange } from '../../mesh';
import { type SimulateOptions, simulate, type Trace } from '../../simulation';
import { succeeds } from '../matrix/judge';
import { type FixCandidate, fixCandidates } from './candidates';
import { toYaml } from './to-yaml';

/** A change that makes the call succeed: it was tried. */
export interface Remedy {
  readonly title: string;
  /** Manifests to apply, as YAML; empty when the change is an annotation. */
  readonly yaml: string;
  readonly changes: readonly MeshChange[];
  /** The call after the change. */
  readonly after: Trace;
}

function tried(
  mesh: Mesh,
  trace: Trace,
  candidate: FixCandidate,
  options: SimulateOptions,
): readonly Remedy[] {
  const changed = applyChanges(mesh, candidate.changes);
  if (changed.issues.some(({ severity }) => severity === 'error')) return [];
  const after = simulate(changed.mesh, trace.call, options);
  if (!succeeds(after)) return [];
  const yaml = candidate.manifests.map(toYaml).join('---\n');
  return [{ title: candidate.title, yaml, changes: candidate.changes, after }];
}

/** Changes that make a blocked call succeed. Each was applied to a copy of the mesh and the call simulated again. */
export function suggestFixes(
  mesh: Mesh,
  trace: Trace,
  options: SimulateOptions = {},
): readonly Remedy[] {
  if (succeeds(trace)) return [];
  return fixCandidates(mesh, trace).flatMap(candidate => tried(mesh, trace, candidate, options));
}
