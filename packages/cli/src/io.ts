/** What a command reads from and writes to; the tests give their own. */
export interface Io {
  readonly out: (text: string) => void;
  /** Resolves when `out` takes more without buffering it; absent where it always does. */
  readonly drained?: () => Promise<void>;
  readonly err: (text: string) => void;
  /** Whether the output is a terminal, so that colours and a progress bar make sense. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readStdin: () => Promise<Uint8Array>;
  /** The moment that reports carry and waivers are measured by. */
  readonly now: () => Date;
}
