import type { Io } from '../io';
import { run } from '../run';

/** What a command line wrote, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings extends Partial<Pick<Io, 'columns' | 'env' | 'now'>> {
  readonly stdin?: string;
}

/** Runs a command line in a pipe, without environment, at noon of a fixed day. */
export async function runSidetrace(
  args: readonly string[],
  { stdin = '', ...io }: Surroundings = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    out: text => out.push(text),
    err: text => err.push(text),
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
    env: {},
    readStdin: async () => new TextEncoder().encode(stdin),
    now: () => new Date('2026-11-24T12:00:00Z'),
    ...io,
  });
  return { code, out: out.join(''), err: err.join('') };
}
