import type { Fault, Verb } from './fault';

/** What a request asks for, as far as faults tell requests apart. */
export interface Asked {
  /** Plural; undefined for discovery. */
  readonly resource?: string;
  readonly verb?: Verb;
  /** Undefined at cluster scope. */
  readonly namespace?: string;
  /** A `continue` of a list, or a watch from a resourceVersion on. */
  readonly resumes: boolean;
}

/** The faults that are on. */
export interface Faults {
  add(fault: Fault): void;
  calm(): void;
  /** The milliseconds that a request waits. */
  takeDelay(asked: Asked): number;
  /** The fault by which a request fails, counted as one of its times. */
  take(asked: Asked): Exclude<Fault, { kind: 'slow' }> | undefined;
  /** The fault by which an open watch fails; the others are of requests. */
  takeOfStream(asked: Asked): Extract<Fault, { kind: 'gone' | 'cut' }> | undefined;
}

interface Active {
  readonly fault: Fault;
  left: number;
}

function concerns(fault: Fault, asked: Asked): boolean {
  if (fault.kind === 'gone' && !asked.resumes) return false;
  if (fault.kind === 'forbidden' && asked.resource === undefined) return false;
  if (fault.resource !== undefined && fault.resource !== asked.resource) return false;
  if (fault.verb !== undefined && fault.verb !== asked.verb) return false;
  if (fault.within === undefined) return true;
  return fault.within === 'cluster'
    ? asked.resource !== undefined && asked.namespace === undefined
    : asked.namespace === fault.within.namespace;
}

const isOfRequest = (fault: Fault): fault is Exclude<Fault, { kind: 'slow' }> =>
  fault.kind !== 'slow';

const isOfStream = (fault: Fault): fault is Extract<Fault, { kind: 'gone' | 'cut' }> =>
  fault.kind === 'cut' || (fault.kind === 'gone' && fault.status !== true);

/** No faults yet. */
export function createFaults(): Faults {
  let active: Active[] = [];

  function use(entry: Active | undefined): void {
    if (entry === undefined) return;
    entry.left -= 1;
    if (entry.left <= 0) active = active.filter(other => other !== entry);
  }

  function takeFirst<F extends Fault>(
    asked: Asked,
    fits: (fault: Fault) => fault is F,
  ): F | undefined {
    for (const entry of active) {
      const { fault } = entry;
      if (fits(fault) && concerns(fault, asked)) {
        use(entry);
        return fault;
      }
    }
    return undefined;
  }

  return {
    add(fault) {
      active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    calm() {
      active = [];
    },
    takeDelay(asked) {
      const slow = active.filter(({ fault }) => fault.kind === 'slow' && concerns(fault, asked));
      slow.forEach(use);
      return slow.reduce(
        (sum, { fault }) => sum + (fault.kind === 'slow' ? fault.milliseconds : 0),
        0,
      );
    },
    take: asked => takeFirst(asked, isOfRequest),
    takeOfStream: asked => takeFirst(asked, isOfStream),
  };
}
