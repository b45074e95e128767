import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory from 'knex';

const versions = '/usr/lib/postgresql';

/** Where Debian's package puts the programs; `undefined` on a machine without it. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(versions)) return undefined;
  const newest = readdirSync(versions)
    .sort((a, b) => Number(a) - Number(b))
    .at(-1);
  const folder = newest === undefined ? undefined : join(versions, newest, 'bin');
  return folder !== undefined && existsSync(join(folder, 'initdb')) ? folder : undefined;
}

/** PostgreSQL refuses to run as root: then the user of Debian's package runs it. */
function runAs(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A server of its own, reached through a socket in a temporary folder. */
export interface PostgresServer {
  /** For knex and for `backend.database.connection`. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** Makes an empty database. */
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

async function untilReady(connect: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await connect();
      return;
    } catch (error) {
      if (tries >= 300) throw error;
      await new Promise(done => setTimeout(done, 200));
    }
  }
}

/** Starts a server with nothing in it. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrace-pg-'));
  const user = runAs();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = { cwd: folder, ...user };
  const init = ['-D', data, '-U', 'sidetrace', '-A', 'trust', '--no-sync', '-E', 'UTF8'];
  execFileSync(join(programs, 'initdb'), init, { ...options, stdio: 'pipe' });
  const port = 20_000 + Math.floor(Math.random() * 40_000);
  const settings = ['-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=200'];
  const args = ['-D', data, '-k', folder, '-p', String(port), ...settings];
  const server = spawn(join(programs, 'postgres'), args, { ...options, stdio: 'ignore' });
  const ended = new Promise<void>(done => server.once('exit', () => done()));
  const connection = { host: folder, port, user: 'sidetrace', database: 'postgres' };
  const admin = knexFactory({ client: 'pg', connection, pool: { min: 0, max: 2 } });
  await untilReady(() => admin.raw('select 1'));
  return {
    connection,
    createDatabase: async name => {
      await admin.raw('create database ??', [name]);
    },
    stop: async () => {
      await admin.destroy();
      // immediate: connections that are still open do not hold it up
      server.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
