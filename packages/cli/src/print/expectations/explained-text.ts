import type { ExplainedExpectation } from '@sidetrace/core/access';
import { wrap } from '../columns';
import { type TextContext, traceText } from '../trace-text';

/** Most traces that are printed; json has all. */
const shown = 3;

/** The claim, then the trace of each way; what contradicts the claim comes first. */
export function explainedText(
  { expectation, claim, ways }: ExplainedExpectation,
  context: TextContext,
): string {
  const { palette, width } = context;
  const head = wrap(`${palette.bold(expectation.id)} ${claim}`, width, 2);
  const traces = ways.slice(0, shown).flatMap(({ pod, pods, holds, fact, trace }) => {
    const mark = holds ? palette.green('✓') : palette.red('✗');
    const many = pods > 1 ? ` (${pods} pods)` : '';
    return [
      '',
      wrap(`${mark} ${palette.bold(pod)}${many}: ${fact}`, width, 2),
      '',
      traceText(trace, context).trimEnd(),
    ];
  });
  const rest = ways.length - shown;
  const more = rest > 0 ? ['', palette.dim(`and ${rest} more (-o json has all)`)] : [];
  const why = expectation.why === undefined ? [] : [palette.dim(`why: ${expectation.why}`)];
  const none = ways.length === 0 ? ['no workload and destination match'] : [];
  return `${[head, ...why, ...none, ...traces, ...more].join('\n')}\n`;
}
