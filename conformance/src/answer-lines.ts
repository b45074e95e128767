import type { Answer, JsonObject, Suite, SuiteContext } from './suite';

async function answerOne(
  answer: (input: JsonObject) => Answer | Promise<Answer>,
  input: JsonObject,
): Promise<Answer> {
  try {
    return await answer(input);
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { answer: null, why };
  }
}

/** One line per input, in order. An input that the product cannot answer gets `answer: null` and the reason. */
export async function* answerLines(
  suite: Suite,
  context: SuiteContext,
  inputs: string,
): AsyncIterable<string> {
  const answer = suite.open(context);
  for (const line of inputs.split('\n')) {
    if (line.trim() === '') continue;
    const input = JSON.parse(line) as JsonObject;
    yield JSON.stringify({ id: input.id, ...(await answerOne(answer, input)) });
  }
}
