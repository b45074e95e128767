// One of several backends on the same PostgreSQL, in a process of its own so that it can be killed.

import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { sidetracePlugin } from '../plugin';

const [, , settings = '{}', entities = '[]'] = process.argv;

startTestBackend({
  features: [
    sidetracePlugin,
    catalogServiceMock.factory({ entities: JSON.parse(entities) }),
    mockServices.rootConfig.factory({ data: JSON.parse(settings) }),
    mockServices.rootLogger.factory({ level: 'info' }),
    databaseServiceFactory,
    schedulerServiceFactory,
  ],
}).then(
  ({ server }) => process.stdout.write(`listens on ${server.port()}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
