import { CommanderError } from 'commander';
import { type ExitCode, exitCode } from './exit-code';
import type { Io } from './io';
import { NotReadError } from './not-read-error';
import { makeProgram } from './program';
import { UsageError } from './usage-error';

/**
 * Runs one command line, without the name of the program, and gives its exit code.
 *
 * @example const code = await run(['trace', '-f', 'mesh.yaml', 'shop/web', 'https://api.stripe.com'], io);
 */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCode.fine;
  const program = makeProgram(io, given => {
    code = given;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCode.fine : exitCode.usage;
    }
    if (!(error instanceof UsageError || error instanceof NotReadError)) throw error;
    io.err(`error: ${error.message}${error.hint === undefined ? '' : ` (${error.hint})`}\n`);
    return error instanceof UsageError ? exitCode.usage : exitCode.notRead;
  }
}
