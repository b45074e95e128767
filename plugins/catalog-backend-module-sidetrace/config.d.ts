import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /** External hosts as Resource entities. Without this section the module does nothing. */
      sidetrace?: {
        /** How often the catalog asks Sidetrace, for example `{ frequency: { hours: 6 }, timeout: { minutes: 30 } }`. */
        schedule: SchedulerServiceTaskScheduleDefinitionConfig;
        /** Owner of the Resource entities, as an entity reference: `group:default/platform`. */
        owner: string;
        /** System of the Resource entities, as an entity reference. */
        system?: string;
        /** Catalog namespace of the Resource entities; `default` when not given. */
        namespace?: string;
      };
    };
  };
}
