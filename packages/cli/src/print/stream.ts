import type { Io } from '../io';

/** Characters that are written at once. */
const chunk = 1 << 16;

/** Writes texts in chunks and waits while the reader of the output is slower. */
export async function stream(
  texts: Iterable<string>,
  io: Pick<Io, 'out' | 'drained'>,
): Promise<void> {
  let buffered: string[] = [];
  let length = 0;
  const flush = async () => {
    if (length === 0) return;
    io.out(buffered.join(''));
    buffered = [];
    length = 0;
    await io.drained?.();
  };
  for (const text of texts) {
    buffered.push(text);
    length += text.length;
    if (length >= chunk) await flush();
  }
  await flush();
}

/** The elements of a JSON array, one on each line. */
export function* jsonArray(elements: Iterable<string>): Iterable<string> {
  let separator = '[\n';
  for (const element of elements) {
    yield `${separator}${element}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}
