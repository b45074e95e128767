import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code';
import type { Io } from '../io';
import { paletteFor } from '../print/palette';
import type { Places } from '../print/places';
import type { TextContext } from '../print/trace-text';

/** Runs a command; what commander parsed comes in, the exit code goes out. */
export type Run<Arguments extends readonly unknown[]> = (
  io: Io,
  ...given: Arguments
) => Promise<ExitCode>;

/** Adds `-o`, restricted to the formats that the command has; the first one is the default. */
export function addOutput(command: Command, formats: readonly string[]): Command {
  const [first = 'text'] = formats;
  return command.addOption(
    new Option('-o, --output <format>', 'format of the answer').choices(formats).default(first),
  );
}

export function textContext(io: Io, places: Places, all: boolean): TextContext {
  const width = Math.max(60, Math.min(io.columns, 140));
  const tableWidth = io.outIsTerminal ? Math.max(60, io.columns) : undefined;
  return {
    places,
    palette: paletteFor(io),
    width,
    all,
    ...(tableWidth !== undefined && { tableWidth }),
  };
}

export const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
