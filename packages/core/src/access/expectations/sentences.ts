import { formatOrigin } from '../../origin';
import type { AccessRow } from '../row';
import type { Expectation, Subject, Via } from './expectations';
import type { Way } from './ways';

function viaText(via: Via | undefined): string {
  if (via === undefined) return '';
  if (via === 'direct') return ' directly';
  if ('never' in via) return `, never through \`${via.never}\``;
  return 'only' in via ? ` only through \`${via.only}\`` : ` through \`${via.through}\``;
}

function subjectText({ namespace, workload, service, labels, entity }: Subject): string {
  const named = [
    ...(workload === undefined ? [] : [`\`${workload}\``]),
    ...(service === undefined ? [] : [`service \`${service}\``]),
    ...(entity === undefined ? [] : [`entity \`${entity}\``]),
    ...(labels === undefined
      ? []
      : [
          `labels \`${Object.entries(labels)
            .map(([key, value]) => `${key}=${value}`)
            .join(',')}\``,
        ]),
  ];
  const who = named.length === 0 ? 'every workload' : named.join(', ');
  return namespace === '*' ? `${who} in every namespace` : `${who} in \`${namespace}\``;
}

function verbOf({ must, mustNotBe }: Expectation): string {
  const not = mustNotBe === undefined ? '' : `must not be ${mustNotBe.join(' or ')} to`;
  if (must === undefined) return not === '' ? 'goes to' : not;
  const does = must === 'reach' ? 'must reach' : 'must not reach';
  return not === '' ? does : `${does} and ${not}`;
}

/** Subject, must, object, via, because. */
export function claimOf(expectation: Expectation): string {
  const { from, to, via, because = [] } = expectation;
  const reason = because.length === 0 ? '' : ` because of ${because.join(', ')}`;
  return `${subjectText(from)} ${verbOf(expectation)} \`${to}\`${viaText(via)}${reason}`;
}

/** What a way does: `reaches by bypass (excluded-port)`. */
export function factOf({ delivery, control, symptom, via, reasons }: AccessRow): string {
  const why = reasons.join(', ') || 'no reason';
  if (delivery === 'undetermined') return `undetermined (${why})`;
  if (delivery === 'blocked') return `blocked, ${symptom} (${why})`;
  const through = via === undefined ? '' : ` \`${via}\``;
  return `reaches by ${control}${through} (${why})`;
}

const plural = (count: number, one: string) =>
  count === 1 ? `${count} ${one}` : `${count} ${one}s`;

/** Claim, then how much holds or differs, the first fact, cause and place. */
export function sentenceOf(
  expectation: Expectation,
  found: {
    readonly workloads: number;
    readonly destinations: number;
    readonly pods: number;
    readonly against: readonly Way[];
  },
): string {
  const { workloads, destinations, pods, against } = found;
  const claim = claimOf(expectation);
  if (workloads === 0) return `${claim}: no workload matches`;
  if (destinations === 0) return `${claim}: no destination matches`;
  const scope = `${plural(workloads, 'workload')}, ${plural(destinations, 'destination')}`;
  const [first] = against;
  if (first === undefined) return `${claim}: holds (${scope})`;
  const { row, pod } = first;
  const differing = new Set(against.map(way => `${way.row.workload.namespace}/${way.pod}`)).size;
  const call = `\`${pod}\` to \`${row.host}:${row.port}/${row.protocol}\``;
  const count = `${Math.max(differing, podsOf(against))} of ${plural(pods, 'pod')}`;
  return `${claim}: ${count} against it, first ${call}: ${factOf(row)}, by ${formatOrigin(row.deciding)}`;
}

/** Pods behind the ways, each class of a workload once. */
function podsOf(ways: readonly Way[]): number {
  const classes = new Map(
    ways.map(({ row, pod, pods }) => [
      `${row.workload.kind} ${row.workload.namespace}/${pod}`,
      pods,
    ]),
  );
  return [...classes.values()].reduce((sum, pods) => sum + pods, 0);
}
