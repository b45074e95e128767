import type { ReasonCode, Trace } from '../simulation';
import { reasonTexts } from './reason-texts';
import { type SymptomCause, type SymptomEntry, symptomCatalogue } from './symptom-catalogue';

export interface ExplainedCause extends SymptomCause {
  readonly remedy?: string;
}

/** A symptom worked backwards. */
export interface SymptomExplanation {
  readonly id: string;
  readonly title: string;
  /** In order of likelihood; with a trace, those that it shows come first and alone. */
  readonly causes: readonly ExplainedCause[];
}

function score({ words }: SymptomEntry, asked: string): number {
  const fitting = words.filter(
    word => asked === word || asked.includes(word) || (asked.length > 3 && word.includes(asked)),
  );
  return Math.max(
    0,
    ...fitting.map(word => (asked === word ? 1000 : 0) + Math.min(word.length, asked.length)),
  );
}

function explained(cause: SymptomCause): ExplainedCause {
  const { remedy } = reasonTexts[cause.reason];
  return remedy === undefined ? cause : { ...cause, remedy };
}

/** The causes that a trace's own reasons and blockers leave; all of them when it shows none. */
function possible(entry: SymptomEntry, trace: Trace | undefined): readonly SymptomCause[] {
  if (trace === undefined) return entry.causes;
  const shown = new Set<ReasonCode>([
    ...trace.reasons,
    ...trace.blockers.map(({ reason }) => reason),
  ]);
  const fitting = entry.causes.filter(({ reason }) => shown.has(reason));
  return fitting.length > 0 ? fitting : entry.causes;
}

/**
 * What may be behind a status, flag or message: `502`, `SSL_ERROR_SYSCALL`, `404 NR`, `wrong version number`. With a
 * trace, only what this mesh makes possible. `undefined` when nothing fits.
 */
export function explainSymptom(asked: string, trace?: Trace): SymptomExplanation | undefined {
  const words = asked.trim().toLowerCase();
  if (words === '') return undefined;
  const ranked = symptomCatalogue
    .map(entry => ({ entry, points: score(entry, words) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
  const [best] = ranked;
  if (best === undefined) return undefined;
  const { id, title } = best.entry;
  return { id, title, causes: possible(best.entry, trace).map(explained) };
}
