import { setTimeout as pause } from 'node:timers/promises';
import type {
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { withinTime } from '../sources/within-time';
import { type FollowedSource, followSource, isFollowed } from './follow-source';
import { type RefreshContext, refreshSources } from './refresh-sources';

const refreshTask = 'sidetrace-refresh';
const followTask = ({ id }: FollowedSource) => `sidetrace-follow-${id}`;

/** Between two attempts to have something done that is being done already. */
const retryMs = 2000;

/** False when the task is running already. */
async function trigger(scheduler: SchedulerService, task: string): Promise<boolean> {
  try {
    await scheduler.triggerTask(task);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === ConflictError.name) return false;
    throw error;
  }
}

/** The scheduler gives the time of a run in its own or in our words. */
const millisecondsOf = (timeout: SchedulerServiceTaskScheduleDefinition['timeout']): number =>
  'toMillis' in timeout && typeof timeout.toMillis === 'function'
    ? timeout.toMillis()
    : durationToMilliseconds(timeout as HumanDuration);

/** What is done by one replica at a time. */
export interface RefreshTasks {
  /** Hands the work to the scheduler. */
  schedule(): Promise<void>;
  /** Has it done now; what is being done already will do. */
  refresh(): Promise<void>;
}

/**
 * One task reads what is read on a schedule, and analyses all; each source that is followed has a task whose run lasts
 * nearly as long as the schedule allows, so that what it has begun is finished while the task is still its own.
 */
export function refreshTasks(
  scheduler: SchedulerService,
  schedule: SchedulerServiceTaskScheduleDefinition,
  context: RefreshContext,
): RefreshTasks {
  const followed = context.sources.filter(isFollowed);
  const followMs = Math.round(millisecondsOf(schedule.timeout) * 0.9);
  const analyse = async (signal: AbortSignal) => {
    // a run that began earlier may have passed this source already
    while (!signal.aborted && !(await trigger(scheduler, refreshTask))) {
      await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const follow = (source: FollowedSource) => (signal: AbortSignal) =>
    withinTime(followMs, signal, limited => followSource(source, { ...context, analyse }, limited));
  return {
    schedule: async () => {
      const fn = (signal: AbortSignal) => refreshSources(context, signal);
      await scheduler.scheduleTask({ id: refreshTask, ...schedule, fn });
      for (const source of followed) {
        await scheduler.scheduleTask({ id: followTask(source), ...schedule, fn: follow(source) });
      }
    },
    refresh: async () => {
      await trigger(scheduler, refreshTask);
      for (const source of followed) await trigger(scheduler, followTask(source));
    },
  };
}
