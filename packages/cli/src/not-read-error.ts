/** The input as a whole could not be read; ends with exit code 3. */
export class NotReadError extends Error {
  constructor(
    message: string,
    /** What to do. */
    readonly hint?: string,
  ) {
    super(message);
    this.name = 'NotReadError';
  }
}
