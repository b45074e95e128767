import type { SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';

const isSource = (value: unknown): value is Pick<SourceState, 'state' | 'analysing'> =>
  typeof value === 'object' && value !== null && 'state' in value;

function sourcesIn(answer: unknown): readonly unknown[] {
  if (typeof answer !== 'object' || answer === null) return [];
  if ('sources' in answer && Array.isArray(answer.sources)) return answer.sources;
  if ('source' in answer) return [answer.source];
  return 'first' in answer ? sourcesIn(answer.first) : [];
}

/** Whether an answer is about to be replaced: one of its sources has not been read yet or is being analysed. */
export const isUnsettled = (answer: unknown): boolean =>
  sourcesIn(answer).some(
    source => isSource(source) && (source.state === 'unread' || source.analysing === true),
  );
