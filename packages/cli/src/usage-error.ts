/** The command was asked in a way that cannot be answered; ends with exit code 2. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** What to do. */
    readonly hint?: string,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}
