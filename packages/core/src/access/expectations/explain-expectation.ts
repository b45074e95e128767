import type { Mesh } from '../../mesh';
import type { Trace } from '../../simulation';
import type { AccessRow } from '../row';
import { type CheckOptions, checkCells, checkContext } from './check-expectations';
import type { Expectation, Expectations } from './expectations';
import { claimOf, factOf } from './sentences';

/** One way of an expectation's calls with its trace. */
export interface ExplainedWay {
  readonly row: AccessRow;
  readonly pod: string;
  readonly pods: number;
  readonly holds: boolean;
  readonly fact: string;
  readonly trace: Trace;
}

export interface ExplainedExpectation {
  readonly expectation: Expectation;
  /** Subject, must, object, via. */
  readonly claim: string;
  /** What does not hold comes first. */
  readonly ways: readonly ExplainedWay[];
}

/** The traces behind one expectation of a file; `undefined` when it has none of this id. */
export function explainExpectation(
  mesh: Mesh,
  file: Expectations,
  id: string,
  options: CheckOptions = {},
): ExplainedExpectation | undefined {
  const expectation = file.expectations.find(item => item.id === id);
  if (expectation === undefined) return undefined;
  const context = checkContext(mesh, file, options, true);
  const ways = checkCells(context, expectation).flatMap(({ ways: all, against }) =>
    all.flatMap(({ row, pod, pods, trace }, i): readonly ExplainedWay[] => {
      const way = all[i];
      const holds = way === undefined || !against.includes(way);
      return trace === undefined ? [] : [{ row, pod, pods, holds, fact: factOf(row), trace }];
    }),
  );
  return {
    expectation,
    claim: claimOf(expectation),
    ways: [...ways.filter(({ holds }) => !holds), ...ways.filter(({ holds }) => holds)],
  };
}
