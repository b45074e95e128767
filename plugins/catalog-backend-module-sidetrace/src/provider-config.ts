import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Path of the section in the configuration. */
const section = 'catalog.providers.sidetrace';

/** What the Resource entities are given that the mesh does not know. */
export interface ProviderConfig {
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  readonly owner: string;
  readonly system?: string;
  readonly namespace: string;
}

function entityRef(config: Config, key: string, defaultKind: string): string | undefined {
  const text = config.getOptionalString(key);
  if (text === undefined) return undefined;
  try {
    parseEntityRef(text, { defaultKind });
  } catch {
    throw new InputError(
      `\`${section}.${key}\` is \`${text}\`; give an entity reference such as \`${defaultKind}:default/name\``,
    );
  }
  return text;
}

/**
 * The section `catalog.providers.sidetrace`; undefined without it, and then the module does nothing.
 * Throws an `InputError` that names the field when it is not well formed.
 */
export function readProviderConfig(root: Config): ProviderConfig | undefined {
  const config = root.getOptionalConfig(section);
  if (config === undefined) return undefined;
  const owner = entityRef(config, 'owner', 'group');
  if (owner === undefined) {
    throw new InputError(`\`${section}.owner\` is missing: who owns the external hosts`);
  }
  const system = entityRef(config, 'system', 'system');
  return {
    schedule: readSchedulerServiceTaskScheduleDefinitionFromConfig(config.getConfig('schedule')),
    owner,
    namespace: config.getOptionalString('namespace') ?? DEFAULT_NAMESPACE,
    ...(system !== undefined && { system }),
  };
}
