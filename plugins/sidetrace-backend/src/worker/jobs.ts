import type {
  EditIssue,
  NearbyHost,
  Suggestion,
  WhatIfEdits,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import type {
  AccessRow,
  AccessTarget,
  Call,
  Finding,
  MeshSlice,
  ObjectRef,
  Trace,
  TrafficPath,
  WorkloadRef,
} from '@sidetrace/core';
import type { IndexedWorkload } from '../analysis/analysis-index';
import type { TableChange } from '../analysis/compare-tables';
import type { Declared } from '../analysis/declared';
import type { PackedAnalysis } from '../analysis/packed-analysis';
import type { FolderReading, FolderRequest } from '../sources/read-folder';
import type { PackRequest } from '../sources/url/pack-fetched';
import type { PackedSnapshot } from '../store/snapshot-digest';

/** What edits would change in a mesh. */
export interface WhatIfResult {
  readonly changes: readonly TableChange[];
  readonly unchanged: number;
  readonly findingsAdded: readonly Finding[];
  readonly findingsRemoved: readonly Finding[];
  readonly findingsUnchanged: number;
  readonly issues: readonly EditIssue[];
}

/** Questions that need a built mesh, by name: what they take and what they give. All of it is plain data. */
export interface MeshJobs {
  /** The workloads that entities are bound to. */
  workloads: {
    readonly input: Readonly<Record<string, never>>;
    readonly result: readonly IndexedWorkload[];
  };
  analyse: { readonly input: { readonly declared: Declared }; readonly result: PackedAnalysis };
  tab: {
    readonly input: {
      readonly workload: WorkloadRef;
      readonly hosts: readonly AccessTarget[];
      readonly withSlice: boolean;
    };
    readonly result: {
      readonly paths: readonly TrafficPath[];
      readonly access: readonly AccessRow[];
      readonly slice?: MeshSlice;
    };
  };
  /** Rows for the hosts that a workload declares. */
  declared: {
    readonly input: { readonly workload: WorkloadRef; readonly hosts: readonly AccessTarget[] };
    readonly result: readonly AccessRow[];
  };
  trace: { readonly input: { readonly call: Call }; readonly result: Trace };
  cell: {
    readonly input: {
      readonly workload: WorkloadRef;
      readonly target: Required<AccessTarget>;
    };
    readonly result: { readonly row?: AccessRow; readonly trace: Trace };
  };
  suggest: {
    readonly input: { readonly call: Call };
    readonly result: {
      readonly trace: Trace;
      readonly suggestions: readonly Suggestion[];
      readonly nearHosts: readonly NearbyHost[];
      readonly blockedBy: readonly ObjectRef[];
    };
  };
  whatIf: {
    readonly input: { readonly edits: WhatIfEdits; readonly declared: Declared };
    readonly result: WhatIfResult;
  };
  /** The same for one workload: its rows as they would be, and how many cells of others would change. */
  whatIfOf: {
    readonly input: {
      readonly edits: WhatIfEdits;
      readonly declared: Declared;
      readonly workload: WorkloadRef;
      readonly elsewhere: boolean;
    };
    readonly result: WhatIfResult & {
      readonly access: readonly AccessRow[];
      readonly elsewhere?: number;
    };
  };
}

/** All that is done in threads. */
export interface Jobs extends MeshJobs {
  /** Reads and packs a folder with manifests; needs no mesh. */
  readFolder: { readonly input: FolderRequest; readonly result: FolderReading };
  /** Unpacks, parses and packs what was read from a URL; needs no mesh. */
  packFetched: { readonly input: PackRequest; readonly result: PackedSnapshot };
}

export type MeshJobName = keyof MeshJobs;
export type JobName = keyof Jobs;

/** To a worker. The content comes only after the worker has said that it lacks it. */
export interface JobRequest {
  readonly id: number;
  readonly name: JobName;
  /** Of the mesh; empty for a job that needs none. */
  readonly digest: string;
  readonly input: unknown;
  readonly content?: Uint8Array;
}

/** From a worker. */
export type JobReply =
  | { readonly id: number; readonly kind: 'lacks-content' }
  | { readonly id: number; readonly kind: 'result'; readonly result: unknown }
  | {
      readonly id: number;
      readonly kind: 'error';
      readonly message: string;
      /** Of an error of the file system. */
      readonly code?: string;
      readonly stack?: string;
    };
