import type { Call, Hop, Step, Trace } from '@sidetrace/core';
import { wrap } from './columns';
import { colourOf, type Palette } from './palette';
import type { Places } from './places';

export interface TextContext {
  readonly places: Places;
  readonly palette: Palette;
  /** Columns of the terminal. */
  readonly width: number;
  /** Width that tables keep to; absent in a pipe, where a row is one line. */
  readonly tableWidth?: number;
  /** Also the candidates that did not answer, and rules that were passed over. */
  readonly all: boolean;
}

/** `default/productpage → https://api.stripe.com:443/v1`. */
export function callTitle(call: Call): string {
  const from =
    'outside' in call.from ? call.from.outside : `${call.from.namespace}/${call.from.name}`;
  const to = call.to.includes(':') ? `[${call.to}]` : call.to;
  return `${from} → ${call.protocol}://${to}:${call.port}${call.path ?? ''}`;
}

function stepTitle(step: Step, { palette }: TextContext): string {
  if (step.blocks === true) return palette.red(`✗ ${step.title}`);
  return step.hypothetical === true
    ? palette.dim(`◌ would follow: ${step.title}`)
    : `· ${step.title}`;
}

function candidateLines(step: Step, context: TextContext, indent: string): readonly string[] {
  const { palette, places, width } = context;
  return (step.candidates ?? []).map(({ name, matched, failed, origin }) => {
    const yes = matched.length === 0 ? '' : ` matched ${matched.join(', ')}`;
    const no = failed.length === 0 ? '' : ` not ${failed.join(', ')}`;
    const from = origin === undefined ? '' : ` ← ${places.origin(origin)}`;
    const between = yes !== '' && no !== '' ? ';' : '';
    return palette.dim(wrap(`${indent}passed over: ${name}${yes}${between}${no}${from}`, width, 9));
  });
}

function stepLines(step: Step, context: TextContext): readonly string[] {
  const { palette, places, width, all } = context;
  const indent = '       ';
  const lines = [wrap(`     ${stepTitle(step, context)}`, width, 7)];
  if (step.detail !== undefined) {
    lines.push(palette.dim(wrap(`${indent}${step.detail}`, width, 7)));
  }
  if (step.rule !== undefined) lines.push(palette.dim(`${indent}${step.rule.text}`));
  if (step.origin !== undefined)
    lines.push(palette.dim(wrap(`${indent}← ${places.origin(step.origin)}`, width, 9)));
  if (all || step.blocks === true) lines.push(...candidateLines(step, context, indent));
  return lines;
}

function tupleText({ before, after }: Hop): string {
  const text = (tuple: NonNullable<Hop['before']>) =>
    `${tuple.destination.includes(':') ? `[${tuple.destination}]` : tuple.destination}:${tuple.port}`;
  if (before === undefined) return after === undefined ? '' : `  ${text(after)}`;
  if (after === undefined || text(after) === text(before)) return `  ${text(before)}`;
  return `  ${text(before)} → ${text(after)}`;
}

function hopLines(hop: Hop, index: number, context: TextContext): readonly string[] {
  const { palette } = context;
  const title = `${palette.bold(`${String(index + 1).padStart(2)}  ${hop.hypothetical === true ? 'would follow: ' : ''}${hop.title}`)}${palette.dim(tupleText(hop))}`;
  return [title, ...hop.steps.flatMap(step => stepLines(step, context))];
}

function section(
  title: string,
  items: readonly string[],
  { palette, width }: TextContext,
): readonly string[] {
  if (items.length === 0) return [];
  return ['', palette.bold(title), ...items.map(item => wrap(`  ${item}`, width, 4))];
}

/** The answer first, then the hops with their steps, the blockers, and what was taken as given. */
export function traceText(trace: Trace, context: TextContext): string {
  const { palette, places, width } = context;
  const { disposition, symptom, reasons, blockers, assumptions, unmodelled, istio } = trace;
  const head = [
    palette.bold(callTitle(trace.call)),
    wrap(`${colourOf(disposition, palette)(disposition)}: ${symptom.summary}`, width, 2),
    ...(reasons.length === 0 ? [] : [wrap(`because: ${reasons.join(', ')}`, width, 2)]),
    ...(trace.hops.length === 0 ? [] : ['']),
  ];
  const blocked = blockers.map(
    ({ message, reason, origin }) =>
      `${message} [${reason}]${origin === undefined ? '' : ` ← ${places.origin(origin)}`}`,
  );
  const lines = [
    ...head,
    ...trace.hops.flatMap((hop, index) => hopLines(hop, index, context)),
    ...section('Blocked by', blocked, context),
    ...section(
      'Taken as given',
      assumptions.map(({ message }) => message),
      context,
    ),
    ...section(
      'Not modelled',
      unmodelled.map(({ message }) => message),
      context,
    ),
    '',
    palette.dim(`Istio ${istio.version}`),
  ];
  return `${lines.join('\n')}\n`;
}
