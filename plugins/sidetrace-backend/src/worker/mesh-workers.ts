import type { JobName, Jobs } from './jobs';
import { type LaneOptions, WorkerLane } from './worker-lane';

/** Asks questions that need a built mesh. */
export interface MeshWorkers {
  run<Name extends JobName>(
    name: Name,
    digest: string,
    input: Jobs[Name]['input'],
  ): Promise<Jobs[Name]['result']>;
  close(): Promise<void>;
}

/** Questions that take long must not stand in the way of those that do not, nor of what is scheduled. */
const laneOf = {
  readFolder: 'scheduled',
  packFetched: 'scheduled',
  workloads: 'scheduled',
  analyse: 'scheduled',
  whatIf: 'wide',
  whatIfOf: 'wide',
  tab: 'narrow',
  declared: 'narrow',
  trace: 'narrow',
  cell: 'narrow',
  suggest: 'narrow',
} as const satisfies Record<JobName, string>;

/** A thread for each kind of work; the main thread never computes on a mesh. */
export function meshWorkers(options: LaneOptions): MeshWorkers {
  const lanes = {
    scheduled: new WorkerLane(options),
    wide: new WorkerLane(options),
    narrow: new WorkerLane(options),
  };
  return {
    run: (name, digest, input) => lanes[laneOf[name]].run(name, digest, input),
    close: async () => {
      await Promise.all(Object.values(lanes).map(lane => lane.close()));
    },
  };
}
