/** A piece of a message: words, or something quoted literally. */
export interface MessagePart {
  readonly literal: boolean;
  readonly text: string;
}

/** With a capital first letter: messages of checks begin small, so that they can stand in a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A message whose literals are in back ticks, in pieces; words at its beginning get a capital letter. */
export function messageParts(message: string): readonly MessagePart[] {
  return message.split('`').flatMap((text, index) => {
    if (text === '') return [];
    const literal = index % 2 === 1;
    return [{ literal, text: index === 0 && !literal ? capital(text) : text }];
  });
}
