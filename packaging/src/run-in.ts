import { execFile } from 'node:child_process';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Settings of npm that say where packages come from; the rest of `npm_*` speaks of the repository. */
const ofTheMachine =
  /^npm_config_(registry|cache|userconfig|globalconfig|proxy|https_proxy|noproxy|cafile)$/i;

/** The environment without what leads back to the repository. */
function outsideEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => {
    if (/^(NODE_PATH|NODE_OPTIONS|INIT_CWD|PNPM_.*|VITEST.*)$/.test(name)) return false;
    return !/^(npm|pnpm)_/i.test(name) || ofTheMachine.test(name);
  });
  return Object.fromEntries(kept);
}

/** Runs a command in a folder, whatever its exit status. */
export function tryIn(folder: string, command: string, args: readonly string[]): Promise<Ran> {
  return new Promise((done, failed) => {
    const options = { cwd: folder, env: outsideEnv(), maxBuffer: 2 ** 26 };
    execFile(command, args, options, (error, out, err) => {
      if (error === null) done({ code: 0, out, err });
      else if (typeof error.code === 'number') done({ code: error.code, out, err });
      else failed(error);
    });
  });
}

/** Runs a command in a folder that has to succeed; what it prints. */
export async function runIn(
  folder: string,
  command: string,
  args: readonly string[],
): Promise<string> {
  const { code, out, err } = await tryIn(folder, command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ends with ${code}\n${out}\n${err}`);
  return out;
}
