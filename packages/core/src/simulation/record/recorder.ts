import type { NearHost } from '../../mesh';
import { type Assumption, formatObjectRef, type Origin } from '../../origin';
import type { Disposition, ReasonCode } from '../codes';
import type { Unmodelled } from '../limits/unmodelled';
import type { Reached } from '../symptom';
import type { AccessLogLine, Blocker, DeniedPacket, Hop, Step, Tuple } from '../trace';

/** What has been written down so far. */
export interface Recording {
  readonly hops: readonly Hop[];
  readonly reasons: readonly ReasonCode[];
  readonly blockers: readonly Blocker[];
  readonly assumptions: readonly Assumption[];
  /** Outermost Envoy first. */
  readonly accessLog: readonly AccessLogLine[];
  /** The end host of the call. */
  readonly reached: Reached | undefined;
  /** What the kernel did with the call's own connection. */
  readonly captured: string | undefined;
  readonly throughEnvoy: boolean;
  /** What lets the call's own connection pass by the proxy. */
  readonly bypass: { readonly message: string; readonly origin?: Origin } | undefined;
  readonly alternatives: readonly { readonly cluster: string; readonly weight: number }[];
  /** Endpoints of several kinds, one each. */
  readonly choices: readonly string[];
  readonly near: readonly NearHost[];
  readonly unmodelled: readonly Unmodelled[];
  /** How the call ended, as the place where it ended said first. */
  readonly disposition: Disposition | undefined;
}

/** Collects a trace while a call is walked. One for each call; nothing outlives it. */
export interface Recorder {
  /** Starts a new place; steps go there from now on. */
  readonly open: (hop: Omit<Hop, 'steps'>) => void;
  /** Completes the tuple with which the current place sends the connection on. */
  readonly leave: (after: Tuple) => void;
  readonly step: (step: Step) => void;
  readonly reason: (code: ReasonCode) => void;
  /** Something that ends the call, or in permit mode would end it as well. */
  readonly block: (
    reason: ReasonCode,
    message: string,
    origin?: Origin,
    packet?: DeniedPacket,
  ) => void;
  readonly assume: (assumption: Assumption) => void;
  /** Opens an access log line, outermost Envoy first; the answer is written when it is known. */
  readonly openLog: (
    direction: AccessLogLine['direction'],
  ) => (line: Omit<AccessLogLine, 'direction'>) => void;
  readonly reach: (reached: Reached) => void;
  readonly capture: (how: string) => void;
  readonly envoy: () => void;
  readonly split: (clusters: Recording['alternatives']) => void;
  readonly choices: (endpoints: readonly string[]) => void;
  /** Registered objects that nearly take the call. */
  readonly near: (hosts: readonly NearHost[]) => void;
  /** Objects without a model that touch the call. */
  readonly ignored: (objects: readonly Unmodelled[]) => void;
  readonly bypassed: (by: { readonly message: string; readonly origin?: Origin }) => void;
  /** The call ends here; the first place that says so counts. */
  readonly end: (disposition: Disposition) => void;
  /** The destination was reached, and a proxy on the way back gives another answer all the same. */
  readonly overturn: (disposition: Disposition) => void;
  /** Walks on as if the block were not there, to find what else stands in the way. */
  readonly permit: (walk: () => void) => void;
  readonly permitting: () => boolean;
  readonly recording: () => Recording;
}

type OpenHop = Omit<Hop, 'steps'> & { readonly steps: Step[] };

/** `permits` false: no walk goes on after a block. */
export function startRecording(permits = true): Recorder {
  const hops: OpenHop[] = [];
  const reasons = new Set<ReasonCode>();
  const blockers: Blocker[] = [];
  const assumptions = new Map<string, Assumption>();
  const accessLog: AccessLogLine[] = [];
  let reached: Reached | undefined;
  let captured: string | undefined;
  let throughEnvoy = false;
  let alternatives: Recording['alternatives'] = [];
  let choices: readonly string[] = [];
  let near: readonly NearHost[] = [];
  const unmodelled = new Map<string, Unmodelled>();
  let bypass: Recording['bypass'];
  let disposition: Disposition | undefined;
  let depth = 0;
  /** Index of the place that steps go to: after a walk in permit mode the one before it again. */
  let here = -1;
  const reason = (code: ReasonCode) => {
    if (depth === 0) reasons.add(code);
  };
  return {
    open: hop => {
      here = hops.push({ ...hop, ...(depth > 0 && { hypothetical: true }), steps: [] }) - 1;
    },
    leave: after => {
      const hop = hops[here];
      if (depth === 0 && hop !== undefined) hops[here] = { ...hop, after };
    },
    step: step => {
      hops[here]?.steps.push(depth > 0 ? { ...step, hypothetical: true } : step);
    },
    reason,
    block: (code, message, origin, packet) => {
      reason(code);
      const known = blockers.some(b => b.reason === code && b.message === message);
      if (known) return;
      blockers.push({
        reason: code,
        message,
        ...(origin !== undefined && { origin }),
        ...(packet !== undefined && { packet }),
      });
    },
    assume: assumption => {
      if (depth > 0) return;
      assumptions.set(`${assumption.code} ${assumption.message}`, assumption);
    },
    openLog: direction => {
      const at = depth === 0 ? accessLog.push({ direction }) - 1 : undefined;
      return line => {
        if (at !== undefined) accessLog[at] = { direction, ...line };
      };
    },
    reach: end => {
      if (depth === 0) reached ??= end;
    },
    capture: how => {
      if (depth === 0) captured ??= how;
    },
    envoy: () => {
      if (depth === 0) throughEnvoy = true;
    },
    split: clusters => {
      if (depth === 0 && alternatives.length === 0) alternatives = clusters;
    },
    choices: endpoints => {
      if (depth === 0 && choices.length === 0) choices = endpoints;
    },
    near: hosts => {
      if (depth === 0 && near.length === 0) near = hosts;
    },
    ignored: objects => {
      if (depth > 0) return;
      for (const item of objects) unmodelled.set(formatObjectRef(item.object), item);
    },
    bypassed: by => {
      if (depth === 0) bypass ??= by;
    },
    end: how => {
      if (depth === 0) disposition ??= how;
    },
    overturn: how => {
      if (depth === 0 && disposition === 'delivered') disposition = how;
    },
    permit: walk => {
      if (!permits) return;
      const before = here;
      depth += 1;
      walk();
      depth -= 1;
      here = before;
    },
    permitting: () => depth > 0,
    recording: () => ({
      hops,
      reasons: [...reasons],
      blockers,
      assumptions: [...assumptions.values()],
      accessLog,
      reached,
      captured,
      throughEnvoy,
      bypass,
      alternatives,
      choices,
      near,
      unmodelled: [...unmodelled.values()],
      disposition,
    }),
  };
}
