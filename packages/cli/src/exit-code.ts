/** How the command ends; documented in the README and in every `--help`. */
export const exitCode = {
  fine: 0,
  /** A call is blocked, a finding is open, an expectation is violated. */
  findings: 1,
  /** Arguments, options or a configuration file are wrong. */
  usage: 2,
  /** Something of the input could not be read; what was read is answered. */
  notRead: 3,
  /** Nothing is violated, but something could not be told. */
  undetermined: 4,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
