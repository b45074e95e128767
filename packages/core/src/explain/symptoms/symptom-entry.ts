import type { ReasonCode } from '../../simulation';

/** A cause of a symptom, and how to tell it from the others. */
export interface SymptomCause {
  readonly reason: ReasonCode;
  readonly cause: string;
  readonly tellApart: string;
}

/** What a client sees, with its causes, the likeliest first. */
export interface SymptomEntry {
  readonly id: string;
  readonly title: string;
  /** Phrases that people search for or paste. */
  readonly words: readonly string[];
  /** Symptom codes of a trace that are this symptom; a final `*` stands for the rest of the code. Empty: any. */
  readonly codes: readonly string[];
  /** Access log flags, one of which the first proxy must show; any when not given. */
  readonly flags?: readonly string[];
  readonly causes: readonly SymptomCause[];
}

export const cause = (reason: ReasonCode, what: string, tellApart: string): SymptomCause => ({
  reason,
  cause: what,
  tellApart,
});
