import type { FindingState } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Finding } from '@sidetrace/core';
import { applyWaivers, type Waiver } from '@sidetrace/core/audit';
import type { IndexedFinding } from '../analysis/analysis-index';
import { type AnsweringMesh, answering, type LoadedAnalysis } from '../services/analyses';
import type { ViewContext } from './view-context';

/** A finding with the state that the waivers of today give it. */
export interface JudgedFinding {
  readonly mesh: AnsweringMesh;
  readonly indexed: IndexedFinding;
  readonly state: FindingState;
  readonly waiver?: Waiver;
}

/** What waivers look at. */
const asFinding = ({ workloads: _, ...indexed }: IndexedFinding): Finding => ({
  ...indexed,
  why: '',
  workloads: { count: 0, list: [] },
  hosts: { count: 0, list: [] },
  aliases: [],
  tags: [],
  docs: '',
});

/** Findings of one mesh with the states that the waivers of today give them. */
export function judgeFindings(
  mesh: AnsweringMesh,
  findings: readonly IndexedFinding[],
  { waivers, now }: Pick<ViewContext, 'waivers' | 'now'>,
): readonly JudgedFinding[] {
  const indexes = new Map(findings.map(indexed => [asFinding(indexed), indexed] as const));
  const today = now.toISOString().slice(0, 10);
  const { open, waived, expired } = applyWaivers([...indexes.keys()], waivers, today);
  const judged = (finding: Finding, state: FindingState, waiver?: Waiver) => {
    const indexed = indexes.get(finding);
    if (indexed === undefined) return [];
    return [{ mesh, indexed, state, ...(waiver === undefined ? {} : { waiver }) }];
  };
  return [
    ...open.flatMap(finding => judged(finding, 'open')),
    ...expired.flatMap(({ finding, waiver }) => judged(finding, 'expired', waiver)),
    ...waived.flatMap(({ finding, waiver }) => judged(finding, 'waived', waiver)),
  ];
}

const levels: readonly string[] = ['error', 'warning', 'info'];
const rank = ({ indexed, state }: Omit<JudgedFinding, 'mesh'>) =>
  (state === 'waived' ? 10 : 0) + levels.indexOf(indexed.level);

interface Known {
  readonly day: string;
  readonly waivers: readonly Waiver[];
  readonly findings: readonly JudgedFinding[];
}
const known = new WeakMap<LoadedAnalysis, Known>();

/** All findings of a mesh; judged once a day. */
function allFindings(mesh: AnsweringMesh, context: ViewContext): readonly JudgedFinding[] {
  const { waivers, now } = context;
  const day = now.toISOString().slice(0, 10);
  const before = known.get(mesh.loaded);
  if (before?.day === day && before.waivers === waivers) return before.findings;
  const findings = judgeFindings(mesh, mesh.loaded.index.findings, context);
  known.set(mesh.loaded, { day, waivers, findings });
  return findings;
}

/** Findings of the meshes: open and expired ones first, worst first. */
export function judgedFindings(
  context: ViewContext,
  meshes: readonly AnsweringMesh[] = answering(context.meshes),
): readonly JudgedFinding[] {
  return meshes
    .flatMap(mesh => allFindings(mesh, context).map(judged => ({ ...judged, mesh })))
    .sort((a, b) => rank(a) - rank(b));
}
