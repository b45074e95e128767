import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const sourceSchema = z
  .object({
    type: z.literal('directory'),
    id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dots and dashes'),
    path: z.string().min(1),
    files: z.array(z.string().min(1)).optional(),
    perFolder: z.boolean().optional(),
    cluster: z.string().optional(),
    istioVersion: z
      .string()
      .regex(/^\d+\.\d+$/, '`major.minor`, quoted')
      .optional(),
    flags: z.record(z.string(), z.string()).optional(),
    defaultNamespace: z.string().optional(),
    injectDefault: z.boolean().optional(),
  })
  .strict();

const configSchema = z
  .object({
    schedule: z
      .object({
        frequencyMinutes: z.number().min(1).default(5),
        timeoutMinutes: z.number().min(1).default(5),
      })
      .strict()
      .default({ frequencyMinutes: 5, timeoutMinutes: 5 }),
    retention: z
      .object({ snapshots: z.number().int().min(1).default(50) })
      .strict()
      .default({ snapshots: 50 }),
    sources: z.array(sourceSchema).default([]),
  })
  .strict();

/** A source as configured. */
export type SourceConfig = z.infer<typeof sourceSchema>;
/** The plugin's part of the app configuration, with its defaults. */
export type SidetraceConfig = z.infer<typeof configSchema>;

/** Reads and checks the configuration; throws with the path and what is expected there, so that the start stops. */
export function readSidetraceConfig(config: Config): SidetraceConfig {
  const parsed = configSchema.safeParse(config.getOptional('sidetrace') ?? {});
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `sidetrace.${path.join('.')}: ${message}`,
    );
    throw new InputError(`the configuration of sidetrace is wrong: ${problems.join('; ')}`);
  }
  const ids = parsed.data.sources.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new InputError(`sidetrace.sources: the id \`${twice}\` is there twice`);
  }
  return parsed.data;
}
