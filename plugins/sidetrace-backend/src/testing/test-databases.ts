import knexFactory, { type Knex } from 'knex';
import { afterAll, beforeAll } from 'vitest';
import { type PostgresServer, postgresPrograms, startPostgres } from './postgres';

/** A kind of database that tests run against. */
export interface TestDatabase {
  readonly name: string;
  /** A connection to an empty database. */
  readonly connect: () => Promise<Knex>;
}

const programs = postgresPrograms();
if (programs === undefined) {
  process.stderr.write('no PostgreSQL on this machine: its tests are skipped\n');
  if (process.env.CI !== undefined) {
    throw new Error('the tests need PostgreSQL in CI: install the package postgresql');
  }
}

let server: PostgresServer | undefined;
let count = 0;

/** SQLite, and PostgreSQL where it is installed; its server runs for the tests of one file. */
export function testDatabases(): readonly TestDatabase[] {
  const open: Knex[] = [];
  const keep = (knex: Knex) => {
    open.push(knex);
    return knex;
  };
  const sqlite = {
    name: 'SQLite',
    connect: async () =>
      keep(
        knexFactory({ client: 'better-sqlite3', connection: ':memory:', useNullAsDefault: true }),
      ),
  };
  afterAll(async () => {
    await Promise.all(open.map(knex => knex.destroy()));
    await server?.stop();
    server = undefined;
  }, 60_000);
  if (programs === undefined) return [sqlite];
  beforeAll(async () => {
    server = await startPostgres(programs);
  }, 120_000);
  const postgres = {
    name: 'PostgreSQL',
    connect: async () => {
      if (server === undefined) throw new Error('PostgreSQL has not been started');
      count += 1;
      const database = `test_${count}`;
      await server.createDatabase(database);
      const connection = { ...server.connection, database };
      return keep(knexFactory({ client: 'pg', connection, pool: { min: 0, max: 10 } }));
    },
  };
  return [sqlite, postgres];
}
