import { applyChanges, type Mesh, type MeshChange } from '../../mesh';
import { type SimulateOptions, simulate, type Trace } from '../../simulation';
import { succeeds } from '../matrix/judge';
import { fixCandidates } from './candidates';
import type { FixCandidate, FixKind, Manifest } from './fix-candidate';
import { toYaml } from './to-yaml';

/** A change that makes the call succeed: it was tried. */
export interface Remedy {
  /** What it changes, in the order of its steps; one as a rule. */
  readonly kinds: readonly FixKind[];
  readonly title: string;
  /** Manifests to apply, as YAML; empty when the change is an annotation. */
  readonly yaml: string;
  readonly changes: readonly MeshChange[];
  /** The call after the change. */
  readonly after: Trace;
}

/** The call gets through, and not as plain HTTP to a port that wants TLS. */
const isGood = (trace: Trace) =>
  succeeds(trace) && !trace.reasons.includes('missing-tls-origination');

interface Tried {
  readonly steps: readonly FixCandidate[];
  readonly mesh: Mesh;
  readonly after: Trace;
}

function tryOne(
  before: Omit<Tried, 'after'>,
  candidate: FixCandidate,
  context: { readonly trace: Trace; readonly options: SimulateOptions },
): readonly Tried[] {
  const changed = applyChanges(before.mesh, candidate.changes);
  if (changed.issues.some(({ severity }) => severity === 'error')) return [];
  const after = simulate(changed.mesh, context.trace.call, context.options);
  return [{ steps: [...before.steps, candidate], mesh: changed.mesh, after }];
}

/** True when another blocker than before ends the call: one step in the right direction. */
const isProgress = ({ after }: Tried, before: Trace) =>
  after.blockers[0] !== undefined &&
  `${after.blockers[0].reason} ${after.blockers[0].message}` !==
    `${before.blockers[0]?.reason} ${before.blockers[0]?.message}`;

const maxSteps = 3;

/** Candidates one by one; where none is enough, further ones on top of those that remove a blocker. */
function search(
  before: Omit<Tried, 'after'>,
  trace: Trace,
  options: SimulateOptions,
): readonly Tried[] {
  const tried = fixCandidates(before.mesh, trace).flatMap(candidate =>
    tryOne(before, candidate, { trace, options }),
  );
  const good = tried.filter(({ after }) => isGood(after));
  if (good.length > 0 || before.steps.length + 1 >= maxSteps) return good;
  const [nearest] = tried.filter(item => isProgress(item, trace));
  return nearest === undefined ? [] : search(nearest, nearest.after, options);
}

/** Of an object that several steps change the last version. */
function manifestsOf(steps: readonly FixCandidate[]): readonly Manifest[] {
  const byObject = new Map<string, Manifest>();
  for (const manifest of steps.flatMap(({ manifests }) => manifests)) {
    const key = JSON.stringify([manifest.kind, nameOf(manifest)]);
    byObject.delete(key);
    byObject.set(key, manifest);
  }
  return [...byObject.values()];
}

function nameOf({ metadata }: Manifest): unknown {
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const { name, namespace } = metadata as { readonly name?: unknown; readonly namespace?: unknown };
  return [namespace, name];
}

function remedyOf({ steps, after }: Tried): Remedy {
  return {
    kinds: steps.map(({ kind }) => kind),
    title: steps.map(({ title }) => title).join(', then '),
    yaml: manifestsOf(steps).map(toYaml).join('---\n'),
    changes: steps.flatMap(({ changes }) => changes),
    after,
  };
}

/**
 * Changes that make a blocked call succeed. Each was applied to a copy of the mesh and the call simulated again. Where one
 * is not enough, steps that follow one another.
 */
export function suggestFixes(
  mesh: Mesh,
  trace: Trace,
  options: SimulateOptions = {},
): readonly Remedy[] {
  if (isGood(trace)) return [];
  return search({ steps: [], mesh }, trace, options).map(remedyOf);
}
