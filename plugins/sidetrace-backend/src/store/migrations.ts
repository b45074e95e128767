import type { Knex } from 'knex';

/** Steps of the schema, in order. Compiled in, so that the package needs no folder beside its code. */
const steps: Readonly<Record<string, Knex.Migration>> = {
  '20261124_snapshots': {
    async up(knex) {
      await knex.schema.createTable('snapshots', table => {
        table.comment('Manifests of one mesh as read, by the digest of their content');
        table.string('digest', 64).primary();
        table.binary('content').notNullable().comment('JSON, gzip');
        table.string('created_at', 32).notNullable();
      });
      await knex.schema.createTable('sources', table => {
        table.comment('The current snapshot of each mesh, and how its last reading went');
        table.string('id').primary();
        table.string('config_id').notNullable().index().comment('Source of the configuration');
        table.string('cluster').nullable();
        table.string('digest', 64).nullable().references('digest').inTable('snapshots');
        table.string('read_at', 32).nullable().comment('Last time that the snapshot was current');
        table.text('failed').nullable().comment('Why the last reading failed');
      });
      await knex.schema.createTable('readings', table => {
        table.comment('When a source changed, and to which snapshot');
        table.increments('id');
        table.string('source').notNullable().index();
        table.string('digest', 64).notNullable().references('digest').inTable('snapshots');
        table.string('seen_at', 32).notNullable();
      });
    },
    async down(knex) {
      await knex.schema.dropTable('readings');
      await knex.schema.dropTable('sources');
      await knex.schema.dropTable('snapshots');
    },
  },
  '20261124_analyses': {
    async up(knex) {
      await knex.schema.createTable('parts', table => {
        table.comment('Parts of analyses by the digest of their content');
        table.string('digest', 64).primary();
        table.binary('content').notNullable().comment('JSON, gzip');
      });
      await knex.schema.createTable('analyses', table => {
        table.comment(
          'Access, findings and bypasses of a snapshot with the hosts that the catalog declared',
        );
        table.string('id', 64).primary();
        table.string('snapshot', 64).notNullable().references('digest').inTable('snapshots');
        table.binary('index').notNullable().comment('JSON, gzip');
        table.text('counts').notNullable().comment('JSON');
        table.string('created_at', 32).notNullable();
      });
      await knex.schema.createTable('analysis_parts', table => {
        table.string('analysis', 64).notNullable().references('id').inTable('analyses');
        table.string('part', 64).notNullable().index().references('digest').inTable('parts');
        table.primary(['analysis', 'part']);
      });
      await knex.schema.alterTable('readings', table => {
        table.string('analysis', 64).nullable().comment('Absent while it is made');
        table.text('change_counts').nullable().comment('Against the reading before; JSON');
        table
          .binary('opened')
          .nullable()
          .comment('Hosts opened since the reading before; JSON, gzip');
      });
      await knex.schema.alterTable('sources', table => {
        table.string('analysis', 64).nullable().comment('The analysis that answers');
        table.string('answer_digest', 64).nullable().comment('The snapshot of that analysis');
      });
    },
    async down(knex) {
      await knex.schema.alterTable('sources', table => {
        table.dropColumns('analysis', 'answer_digest');
      });
      await knex.schema.alterTable('readings', table => {
        table.dropColumns('analysis', 'change_counts', 'opened');
      });
      await knex.schema.dropTable('analysis_parts');
      await knex.schema.dropTable('analyses');
      await knex.schema.dropTable('parts');
    },
  },
  '20261124_revisions': {
    async up(knex) {
      await knex.schema.alterTable('sources', table => {
        table
          .text('revision')
          .nullable()
          .comment('Given to the source: it tells when nothing has changed since');
      });
    },
    async down(knex) {
      await knex.schema.alterTable('sources', table => {
        table.dropColumns('revision');
      });
    },
  },
};

const source: Knex.MigrationSource<string> = {
  getMigrations: async () => Object.keys(steps),
  getMigrationName: name => name,
  getMigration: async name => {
    const step = steps[name];
    if (step === undefined) throw new Error(`no migration \`${name}\``);
    return step;
  },
};

/**
 * Brings the plugin's database to the current schema. Replicas that start at the same time wait for each other: knex
 * itself fails when two of them create its tables or take its lock at once.
 */
export async function migrate(knex: Knex): Promise<void> {
  const config = { migrationSource: source };
  if (knex.client.config.client !== 'pg') {
    await knex.migrate.latest(config);
    return;
  }
  await knex.transaction(async alone => {
    await alone.raw('select pg_advisory_xact_lock(hashtext(?))', ['sidetrace.migrations']);
    await alone.migrate.latest(config);
  });
}
