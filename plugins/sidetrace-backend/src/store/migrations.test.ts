import knexFactory from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresServer, postgresPrograms, startPostgres } from '../testing/postgres';
import { migrate } from './migrations';

const programs = postgresPrograms();

describe.skipIf(programs === undefined)('migrations on PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs ?? '');
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
  }, 60_000);

  test('replicas that start at the same time on an empty database all find the tables', async () => {
    await server.createDatabase('fresh');
    const connection = { ...server.connection, database: 'fresh' };
    // one connection each: the lock needs no second one
    const pool = { min: 0, max: 1 };
    const replicas = Array.from({ length: 6 }, () =>
      knexFactory({ client: 'pg', connection, pool }),
    );
    try {
      await Promise.all(replicas.map(knex => migrate(knex)));
      const counts = await Promise.all(replicas.map(knex => knex('sources').select()));
      expect(counts).toEqual(replicas.map(() => []));
    } finally {
      await Promise.all(replicas.map(knex => knex.destroy()));
    }
  });
});
