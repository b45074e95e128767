import type { Step, Trace } from '@sidetrace/core';
import { originText } from './origin-text';

export type Lane = Step['lane'];

/** Something that was looked at and did not answer. */
export interface PassedOver {
  readonly name: string;
  readonly matched: string;
  readonly failed: string;
}

/** A step as shown: in the list and, under the same number, in the drawing. */
export interface StepView {
  readonly number: number;
  readonly lane: Lane;
  readonly kind: Step['kind'];
  readonly state: 'passed' | 'stops' | 'hypothetical';
  readonly title: string;
  readonly detail?: string;
  readonly rule?: { readonly place: string; readonly text: string; readonly why: string };
  readonly rewritten?: string;
  readonly because?: string;
  readonly passedOver: readonly PassedOver[];
  /** Two short lines under the number in the drawing. */
  readonly label: string;
  readonly sublabel: string;
}

export interface HopView {
  readonly title: string;
  readonly tuple?: string;
  readonly steps: readonly StepView[];
}

export interface TraceView {
  readonly hops: readonly HopView[];
  /** Steps of all hops, in order. */
  readonly steps: readonly StepView[];
  /** Who calls, and from where; absent for a call that was never made. */
  readonly caller?: { readonly lane: Lane; readonly label: string };
  readonly summary: string;
  readonly blocked: boolean;
  readonly blockers: readonly string[];
  readonly assumptions: readonly string[];
  readonly unmodelled: readonly string[];
}

type Tuple = NonNullable<Step['before']>;

const address = ({ destination, port }: Tuple) =>
  destination.includes(':') ? `[${destination}]:${port}` : `${destination}:${port}`;

/** `10.0.0.1:80 → 127.0.0.1:15001`, or one address when nothing was rewritten. */
function tupleText(before: Tuple | undefined, after: Tuple | undefined): string | undefined {
  if (before === undefined) return after === undefined ? undefined : address(after);
  if (after === undefined || address(after) === address(before)) return address(before);
  return `${address(before)} → ${address(after)}`;
}

const kindLabels: Readonly<Record<Step['kind'], string>> = {
  resolve: 'DNS',
  'route-lookup': 'routing',
  'netfilter-hook': 'hook',
  'netfilter-rule': 'rule',
  redirect: 'REDIRECT',
  listener: 'listener',
  'filter-chain': 'filter chain',
  'route-config': 'routes',
  'virtual-host': 'virtual host',
  route: 'route',
  cluster: 'cluster',
  endpoint: 'endpoint',
  tls: 'TLS',
  policy: 'policy',
  handover: 'handover',
};

/** The name inside back ticks, else the title itself without the words that the label says already. */
function nameIn(step: Step): string {
  const quoted = /`([^`]+)`/.exec(step.title)?.[1];
  if (quoted !== undefined) return quoted;
  const label = kindLabels[step.kind];
  return step.title.toLowerCase().startsWith(label.toLowerCase())
    ? step.title.slice(label.length).replace(/^[\s:]+/, '')
    : step.title;
}

function labelsOf(step: Step): Pick<StepView, 'label' | 'sublabel'> {
  const { kind, rule, hook, after } = step;
  if (rule !== undefined) {
    return { label: rule.chain, sublabel: `rule ${rule.number}` };
  }
  if (kind === 'netfilter-hook' && hook !== undefined) return { label: hook, sublabel: '' };
  if (kind === 'redirect' && after !== undefined) {
    return { label: 'REDIRECT', sublabel: `→ :${after.port}` };
  }
  return { label: kindLabels[kind], sublabel: nameIn(step) };
}

function stateOf(step: Step): StepView['state'] {
  if (step.blocks === true) return 'stops';
  return step.hypothetical === true ? 'hypothetical' : 'passed';
}

function stepView(step: Step, number: number, lane: Lane): StepView {
  const { rule, detail, origin, before, after, candidates = [] } = step;
  const tuple = tupleText(before, after);
  const rewritten = tuple?.includes('→') === true ? tuple : undefined;
  return {
    number,
    lane,
    kind: step.kind,
    state: stateOf(step),
    title: step.title,
    ...(detail === undefined ? {} : { detail }),
    ...(rule === undefined
      ? {}
      : {
          rule: {
            place: `${rule.table} ${rule.chain} rule ${rule.number}`,
            text: rule.text,
            why: rule.why,
          },
        }),
    ...(rewritten === undefined ? {} : { rewritten }),
    ...(origin === undefined ? {} : { because: originText(origin) }),
    passedOver: candidates.map(({ name, matched, failed }) => ({
      name,
      matched: matched.join(', '),
      failed: failed.join(', '),
    })),
    ...labelsOf(step),
  };
}

/** Where the steps of each hop are drawn, when not in the lanes that they name. */
type Elsewhere = 'gateway' | 'outside' | undefined;

/**
 * What happens in another pod is no business of the lanes of the caller's own: it is outside, or in the lane of the
 * gateway on the way. A gateway that calls itself is the own pod.
 */
function placesOf({ call: { from }, hops }: Trace): readonly Elsewhere[] {
  if ('outside' in from) return [];
  const ownPod = ` of ${from.namespace}/${from.name}`;
  let elsewhere: Elsewhere;
  return hops.map(({ place, title }, index) => {
    if (place === 'pod-network') {
      const ahead = hops[index + 1]?.place === 'gateway' ? 'gateway' : 'outside';
      elsewhere = title.endsWith(ownPod) ? undefined : ahead;
    } else if (place === 'destination' && elsewhere === 'gateway') {
      elsewhere = 'outside';
    }
    return elsewhere;
  });
}

function hopViews(trace: Trace): readonly HopView[] {
  let number = 0;
  const places = placesOf(trace);
  return trace.hops.map((hop, index) => {
    const tuple = tupleText(hop.before, hop.after);
    const steps = hop.steps.map(step => {
      number += 1;
      return stepView(step, number, places[index] ?? step.lane);
    });
    return { title: hop.title, ...(tuple === undefined ? {} : { tuple }), steps };
  });
}

/** `container web (uid 1000, gid 1000) of shop/web` is `container web`. */
function callerOf({ call, hops }: Trace): TraceView['caller'] {
  const title = hops[0]?.title;
  if (title === undefined) return undefined;
  const lane = 'outside' in call.from ? 'outside' : 'application';
  return { lane, label: title.replace(/ (\(|of ).*$/, '') };
}

/** A trace as people read it: numbered steps by hop, and what was decided. */
export function traceView(trace: Trace): TraceView {
  const hops = hopViews(trace);
  const steps = hops.flatMap(hop => hop.steps);
  const caller = callerOf(trace);
  return {
    hops,
    steps,
    ...(caller === undefined ? {} : { caller }),
    summary: trace.symptom.summary,
    blocked: trace.blockers.length > 0,
    blockers: trace.blockers.map(({ message, origin }) =>
      origin === undefined ? message : `${message} — ${originText(origin)}`,
    ),
    assumptions: trace.assumptions.map(({ message }) => message),
    unmodelled: trace.unmodelled.map(({ message }) => message),
  };
}
