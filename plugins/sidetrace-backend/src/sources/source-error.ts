/** A source cannot be read; the message is for people: what is wrong, and what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}
