import type { Mesh } from '../mesh';
import type { PodResolution } from './dns/ask-from-pod';
import type { SimulateOptions } from './options';
import type { PodStack, ProcessIdentity } from './pod/pod-stack';
import type { Recorder } from './record/recorder';
import type { Call } from './trace';
import type { Exchange } from './wire/exchange';
import type { Payload } from './wire/payload';

/** A connection that somebody opens. */
export interface Connection {
  /** The pod it starts in; absent for a caller outside. */
  readonly from?: PodStack;
  readonly owner?: ProcessIdentity;
  /** Source address: chosen by the route unless the socket is bound. */
  readonly source?: string;
  readonly bound?: boolean;
  readonly mark?: number;
  readonly protocol: 'tcp' | 'udp';
  readonly destination: string;
  readonly port: number;
  readonly payload: Payload;
  /** The call itself, not a connection that a proxy makes for it. */
  readonly own: boolean;
  /** Envoys passed so far; ends loops. */
  readonly depth: number;
}

/** Everything that the parts of one simulated call share. */
export interface Run {
  readonly mesh: Mesh;
  readonly call: Call;
  readonly options: SimulateOptions;
  readonly recorder: Recorder;
  /** Addresses of ours that stand for public ones which nobody gives. */
  readonly placeholders: Set<string>;
  /** Opens a connection: kernel, then whatever takes it. */
  readonly dial: (connection: Connection) => Exchange;
  /** The same call while the proxy and its agent run. */
  readonly asRunning: () => Run;
  /** Name resolution by a process of a pod. */
  readonly resolve: (
    from: PodStack,
    owner: ProcessIdentity,
    name: string,
    family: 4 | 6,
  ) => PodResolution;
}
