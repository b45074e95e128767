import type { Finding } from '../findings/finding';

/** Fingerprints of the findings that a team has taken over; only what is new fails. */
export interface Baseline {
  readonly fingerprints: readonly string[];
}

export function makeBaseline(findings: readonly Finding[]): Baseline {
  return { fingerprints: [...new Set(findings.map(finding => finding.fingerprint))].sort() };
}

/** Splits findings into new ones and those of the baseline. */
export function compareWithBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
): { readonly fresh: readonly Finding[]; readonly known: readonly Finding[] } {
  const known = new Set(baseline.fingerprints);
  return {
    fresh: findings.filter(finding => !known.has(finding.fingerprint)),
    known: findings.filter(finding => known.has(finding.fingerprint)),
  };
}
