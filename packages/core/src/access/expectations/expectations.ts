import type { ReasonCode } from '../../simulation';
import type { Verdict } from '../row';

export type Level = 'error' | 'warning';
export type Quantifier = 'all' | 'any';

/** Which workloads an expectation is about. Names may use `*`. */
export interface Subject {
  readonly namespace: string;
  readonly workload?: string;
  readonly service?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly entity?: string;
}

/** The way a call takes: only through this gateway, through it, never through it, or straight from the sidecar. */
export type Via =
  | 'direct'
  | { readonly only: string }
  | { readonly through: string }
  | { readonly never: string };

export interface ExpectationWaiver {
  readonly until: string;
  readonly owner?: string;
  readonly reason: string;
}

export interface Expectation {
  /** Stable: name of the test, key in history. */
  readonly id: string;
  readonly why?: string;
  readonly from: Subject;
  /** `host[:port][/HTTP|TLS|TCP|UDP]`, an address, `group:name`, or `any`. */
  readonly to: string;
  readonly must?: 'reach' | 'not-reach';
  readonly mustNotBe?: readonly Verdict[];
  readonly via?: Via;
  /** Each must be among the answer's reasons. */
  readonly because?: readonly ReasonCode[];
  readonly level?: Level;
  readonly quantifier?: Quantifier;
  readonly undetermined?: 'fail' | 'ignore';
  readonly waiver?: ExpectationWaiver;
}

/** A file of assertions about access. */
export interface Expectations {
  readonly apiVersion: 'sidetrace.dev/v1alpha1';
  readonly kind: 'Expectations';
  readonly defaults: {
    readonly level: Level;
    readonly quantifier: Quantifier;
    readonly undetermined: 'fail' | 'ignore';
  };
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly expectations: readonly Expectation[];
}
