/** A source cannot be read; the message is for people: what is wrong, and what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** A reading was told to end before it was done: nothing is known of the source. */
export class ReadingEnded extends Error {
  override readonly name = 'ReadingEnded';

  constructor() {
    super('the reading was ended before its time');
  }
}
