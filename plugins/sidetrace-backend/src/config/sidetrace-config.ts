import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { readWaivers, type Waiver } from '@sidetrace/core/audit';
import { z } from 'zod';
import { observedSchema, type PrometheusConfig } from '../observed/observed-config';
import { type SourceConfig, sourceSchema } from '../sources/source-config';

const defaultSchedule: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  timeout: { minutes: 15 },
};

const count = z.number().int().min(1);

const notificationsSchema = z
  .object({
    enabled: z.boolean().default(false),
    recipients: z
      .union([z.literal('owners'), z.array(z.string().min(1)).min(1)], {
        message: "expected 'owners' or a list of entity references",
      })
      .default('owners'),
    severity: z.enum(['critical', 'high', 'normal', 'low']).default('normal'),
  })
  .strict();

// `schedule`, `retention.maxAge` and `waivers` are read with the means of their own below
const configSchema = z
  .object({
    schedule: z.unknown().optional(),
    retention: z
      .object({ snapshots: count.default(50), maxAge: z.unknown().optional() })
      .strict()
      .default({
        snapshots: 50,
      }),
    workers: z
      .object({ maxMemoryMb: z.number().int().min(128).default(4096) })
      .strict()
      .default({ maxMemoryMb: 4096 }),
    notifications: notificationsSchema.default({
      enabled: false,
      recipients: 'owners',
      severity: 'normal',
    }),
    waivers: z.unknown().optional(),
    observed: observedSchema.optional(),
    sources: z.array(sourceSchema).default([]),
  })
  .strict();

/** Whom to tell of new bypasses and newly opened hosts, and whether at all. */
export type NotificationsConfig = z.infer<typeof notificationsSchema>;

/** What is kept of earlier snapshots of each source; what exceeds one of the two goes, the current one stays. */
export interface Retention {
  readonly snapshots: number;
  readonly maxAgeMs?: number;
}

/** The plugin's part of the app configuration, with its defaults. */
export interface SidetraceConfig {
  readonly schedule: SchedulerServiceTaskScheduleDefinition;
  readonly retention: Retention;
  readonly workers: { readonly maxMemoryMb: number };
  readonly notifications: NotificationsConfig;
  readonly waivers: readonly Waiver[];
  readonly sources: readonly SourceConfig[];
  /** Where calls are counted; none when that is off. */
  readonly observed: readonly PrometheusConfig[];
}

const wrong = (problems: readonly string[]) =>
  new InputError(`the configuration of sidetrace is wrong: ${problems.join('; ')}`);

function scheduleOf(config: Config): SchedulerServiceTaskScheduleDefinition {
  const own = config.getOptionalConfig('sidetrace.schedule');
  if (own === undefined) return defaultSchedule;
  try {
    return readSchedulerServiceTaskScheduleDefinitionFromConfig(own);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw wrong([
      `sidetrace.schedule: ${why}; expected { frequency: { minutes: 5 }, timeout: { minutes: 15 } }`,
    ]);
  }
}

function maxAgeOf(config: Config): number | undefined {
  const key = 'sidetrace.retention.maxAge';
  if (!config.has(key)) return undefined;
  let duration: HumanDuration;
  try {
    duration = readDurationFromConfig(config, { key });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw wrong([`${key}: ${why}; expected a duration such as { days: 90 }`]);
  }
  return durationToMilliseconds(duration);
}

function waiversOf(value: unknown): readonly Waiver[] {
  if (value === undefined) return [];
  const { waivers, issues } = readWaivers(value);
  if (issues.length === 0) return waivers;
  throw wrong(
    issues.map(
      ({ path, message, hint }) =>
        `sidetrace.${path ?? 'waivers'}: ${message}${hint === undefined ? '' : `; ${hint}`}`,
    ),
  );
}

function checkIds(sources: readonly SourceConfig[]): void {
  const ids = sources.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  if (twice >= 0) throw wrong([`sidetrace.sources.${twice}.id: \`${ids[twice]}\` is there twice`]);
}

function checkObserved(
  servers: readonly PrometheusConfig[],
  sources: readonly SourceConfig[],
): void {
  const ids = new Set(sources.map(({ id }) => id));
  servers.forEach((server, at) => {
    // a source with `perFolder` stands for those named after its folders
    const unknown = server.sources?.find(id => !ids.has(id.split('/')[0] ?? id));
    if (unknown === undefined) return;
    throw wrong([
      `sidetrace.observed.prometheus.${at}.sources: there is no source \`${unknown}\`; expected ids of sidetrace.sources`,
    ]);
  });
}

/** Reads and checks the configuration; throws with the path and what is expected there, so that the start stops. */
export function readSidetraceConfig(config: Config): SidetraceConfig {
  const parsed = configSchema.safeParse(config.getOptional('sidetrace') ?? {});
  if (!parsed.success) {
    throw wrong(
      parsed.error.issues.map(
        ({ path, message }) => `${['sidetrace', ...path].join('.')}: ${message}`,
      ),
    );
  }
  const { retention, workers, notifications, waivers, sources, observed } = parsed.data;
  checkIds(sources);
  checkObserved(observed?.prometheus ?? [], sources);
  const maxAgeMs = maxAgeOf(config);
  return {
    schedule: scheduleOf(config),
    retention: {
      snapshots: retention.snapshots,
      ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    },
    workers,
    notifications,
    waivers: waiversOf(waivers),
    sources,
    observed: observed?.prometheus ?? [],
  };
}
