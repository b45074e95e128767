import type { Answer, JsonObject, Suite, SuiteContext } from './suite';

/** An input's id with the product's answer; one line of the runner's output. */
export type AnswerLine = Answer & { readonly id: unknown };

/** Objects of a JSON Lines text. */
export function* jsonLines(text: string): Iterable<JsonObject> {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end).trim();
    if (line !== '') yield JSON.parse(line) as JsonObject;
    start = end + 1;
  }
}

type Answering = (input: JsonObject) => Answer | Promise<Answer>;

async function answerOne(answering: Answering, input: JsonObject): Promise<Answer> {
  try {
    return await answering(input);
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { answer: null, why };
  }
}

/** Answers in the order of the inputs. One that fails says why, and the others go on. */
export async function* answerInputs(
  suite: Suite,
  context: SuiteContext,
  inputs: Iterable<JsonObject>,
): AsyncIterable<AnswerLine> {
  const answering = suite.open(context);
  for (const input of inputs) yield { id: input.id, ...(await answerOne(answering, input)) };
}
