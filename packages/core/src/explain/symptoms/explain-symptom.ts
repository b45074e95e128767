import type { CallVariant, Trace } from '../../simulation';
import { reasonTexts } from '../reason-texts';
import { type Evidence, evidenceOf } from './evidence';
import { matchWords } from './match-words';
import { symptomCatalogue } from './symptom-catalogue';
import type { SymptomCause, SymptomEntry } from './symptom-entry';

export interface ExplainedCause extends SymptomCause {
  readonly remedy?: string;
  /** Condition under which this mesh shows the cause; absent when the call as asked does. */
  readonly when?: string;
  /** What in this mesh it comes from. */
  readonly evidence?: Evidence;
}

/** A symptom worked backwards. */
export interface SymptomExplanation {
  readonly id: string;
  readonly title: string;
  /**
   * In order of likelihood. With variants of a call: those that this mesh makes possible, the ones of the call as asked
   * first.
   */
  readonly causes: readonly ExplainedCause[];
  /** Causes that this mesh does not show under any condition tried; empty without variants. */
  readonly ruledOut: readonly ExplainedCause[];
  /** What the call as asked ends with, and whether that is the symptom; absent without variants. */
  readonly simulated?: {
    readonly code: string;
    readonly summary: string;
    readonly agrees: boolean;
  };
}

function withRemedy(cause: SymptomCause): ExplainedCause {
  const { remedy } = reasonTexts[cause.reason];
  return remedy === undefined ? cause : { ...cause, remedy };
}

const codeFits = (pattern: string, code: string) =>
  pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern;

/** True when a trace ends with the symptom of an entry. */
function shows({ codes, flags }: SymptomEntry, { symptom }: Trace): boolean {
  if (codes.length > 0 && !codes.some(pattern => codeFits(pattern, symptom.code))) return false;
  const logged = symptom.responseFlags?.split(',') ?? [];
  return flags === undefined || flags.some(flag => logged.includes(flag));
}

/** The cause as the first variant shows it that ends with the symptom. */
function shownBy(cause: SymptomCause, fitting: readonly CallVariant[]): ExplainedCause | undefined {
  for (const { when, trace } of fitting) {
    const evidence = evidenceOf(trace).get(cause.reason);
    if (evidence === undefined) continue;
    return { ...withRemedy(cause), evidence, ...(when !== undefined && { when }) };
  }
  return undefined;
}

/** Reasons that block a fitting variant and that the catalogue does not list for the symptom. */
function furtherCauses(
  entry: SymptomEntry,
  fitting: readonly CallVariant[],
): readonly ExplainedCause[] {
  const known = new Set(entry.causes.map(({ reason }) => reason));
  const blocking = fitting.flatMap(({ trace }) =>
    trace.blockers.flatMap(({ reason }) => (trace.reasons.includes(reason) ? reason : [])),
  );
  return [...new Set(blocking)]
    .filter(reason => !known.has(reason))
    .flatMap(reason => {
      const { meaning, title } = reasonTexts[reason];
      return shownBy({ reason, cause: meaning, tellApart: title }, fitting) ?? [];
    });
}

function narrowed(
  entry: SymptomEntry,
  variants: readonly CallVariant[],
): Pick<SymptomExplanation, 'causes' | 'ruledOut'> {
  const fitting = variants.filter(({ trace }) => shows(entry, trace));
  const shown = new Map(
    entry.causes.flatMap(cause => {
      const found = shownBy(cause, fitting);
      return found === undefined ? [] : [[cause, found] as const];
    }),
  );
  const causes = [...shown.values(), ...furtherCauses(entry, fitting)];
  return {
    causes: [
      ...causes.filter(({ when }) => when === undefined),
      ...causes.filter(({ when }) => when !== undefined),
    ],
    ruledOut: entry.causes.filter(cause => !shown.has(cause)).map(withRemedy),
  };
}

function bestEntry(asked: string): SymptomEntry | undefined {
  const points = ({ words }: SymptomEntry) =>
    words.reduce((sum, phrase) => sum + matchWords(asked, phrase), 0);
  const [best] = symptomCatalogue
    .map(entry => ({ entry, points: points(entry) }))
    .filter(item => item.points > 0)
    .sort((a, b) => b.points - a.points);
  return best?.entry;
}

/**
 * What may be behind a status, flag or message: `502`, `SSL_ERROR_SYSCALL`, `404 NR`, `wrong version number`, or a
 * pasted line of a client. With the variants of a call only what this mesh makes possible; `undefined` when the text
 * fits nothing.
 *
 * ```ts
 * explainSymptom('502', callVariants(mesh, { from: workload, to: 'api.example.com', port: 80, protocol: 'http' }));
 * ```
 */
export function explainSymptom(
  asked: string,
  variants?: readonly CallVariant[],
): SymptomExplanation | undefined {
  const entry = bestEntry(asked);
  if (entry === undefined) return undefined;
  const { id, title } = entry;
  const asCalled = variants?.find(({ when }) => when === undefined)?.trace;
  if (variants === undefined || asCalled === undefined) {
    return { id, title, causes: entry.causes.map(withRemedy), ruledOut: [] };
  }
  const { code, summary } = asCalled.symptom;
  return {
    id,
    title,
    ...narrowed(entry, variants),
    simulated: { code, summary, agrees: shows(entry, asCalled) },
  };
}
