import type { explainSymptom } from '@sidetrace/core/explain';
import { wrap } from './columns';
import type { TextContext } from './trace-text';

type Symptom = NonNullable<ReturnType<typeof explainSymptom>>;
type Cause = Symptom['causes'][number];

function causeLines(cause: Cause, index: number, context: TextContext): readonly string[] {
  const { palette, places, width } = context;
  const line = (label: string, text: string) =>
    wrap(`   ${label}: ${text}`, width, label.length + 5);
  const number = `${index + 1}. `;
  const lines = ['', wrap(`${number}${cause.cause} [${cause.reason}]`, width, number.length)];
  if (cause.when !== undefined) lines.push(palette.yellow(line('when', cause.when)));
  if (cause.evidence !== undefined) {
    const { message, origin } = cause.evidence;
    const from = origin === undefined ? '' : ` ← ${places.origin(origin)}`;
    lines.push(line('here', `${message}${from}`));
  }
  lines.push(line('tell apart', cause.tellApart));
  if (cause.remedy !== undefined) lines.push(line('remedy', cause.remedy));
  return lines;
}

/** The causes of a symptom in their order; with a call, what it ends with, and the causes that the mesh rules out. */
export function symptomText(symptom: Symptom, context: TextContext): string {
  const { title, causes, ruledOut, simulated } = symptom;
  const { palette, width } = context;
  const lines = [palette.bold(title)];
  if (simulated !== undefined) {
    const word = simulated.agrees ? 'shows this symptom' : 'ends otherwise';
    lines.push(wrap(`the call as asked ${word}: ${simulated.summary}`, width, 2));
    if (causes.length === 0) lines.push('', 'nothing in this mesh leads to it');
  }
  lines.push(...causes.flatMap((cause, index) => causeLines(cause, index, context)));
  if (ruledOut.length > 0) {
    const text = ruledOut.map(({ reason }) => reason).join(', ');
    lines.push('', palette.dim(wrap(`ruled out here: ${text}`, width, 2)));
  }
  return `${lines.join('\n')}\n`;
}
