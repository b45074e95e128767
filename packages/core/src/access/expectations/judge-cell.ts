import type { AccessRow } from '../row';
import type { Expectation, Quantifier, Via } from './expectations';
import type { Way } from './ways';

export type Judged = 'holds' | 'violated' | 'undetermined';

const reaches = ({ delivery }: AccessRow) => delivery === 'reaches';

/** A name as `namespace/name`, or the name alone. */
const names = (via: string | undefined, wanted: string) =>
  via !== undefined && (via === wanted || via.endsWith(`/${wanted}`));

/** Straight from the pod: through no gateway and no egress proxy. */
const isDirect = ({ control, reasons }: AccessRow) =>
  control !== 'gateway' && !reasons.includes('egress-proxy');

/** What a way that gets through may be, by itself; `through` asks for one among all and is judged over them. */
function viaHolds(via: Via, row: AccessRow): boolean {
  if (via === 'direct') return isDirect(row);
  if ('never' in via) return !names(row.via, via.never);
  return 'through' in via || names(row.via, via.only);
}

function judgeWay(expectation: Expectation, { row }: Way): Judged {
  if (row.delivery === 'undetermined') return 'undetermined';
  const { must, mustNotBe, via, because = [] } = expectation;
  if (must !== undefined && reaches(row) !== (must === 'reach')) return 'violated';
  if (mustNotBe?.includes(row.verdict) === true) return 'violated';
  if (via !== undefined && reaches(row) && !viaHolds(via, row)) return 'violated';
  return because.every(reason => row.reasons.includes(reason)) ? 'holds' : 'violated';
}

const wantsThrough = (via: Via | undefined): string | undefined =>
  typeof via === 'object' && 'through' in via ? via.through : undefined;

/** Over all ways: `through` holds for none of them, or they disagree where that is not allowed. */
function failsAsAWhole({ via, mustNotBe, must }: Expectation, ways: readonly Way[]): boolean {
  const wanted = wantsThrough(via);
  const passing = ways.filter(({ row }) => reaches(row));
  const missed = wanted !== undefined && !passing.some(({ row }) => names(row.via, wanted));
  if (missed && must !== 'not-reach') return true;
  const verdicts = new Set(ways.map(({ row }) => row.verdict));
  return verdicts.size > 1 && mustNotBe?.includes('mixed') === true;
}

function combine(all: readonly Judged[], quantifier: Quantifier): Judged {
  if (quantifier === 'any' && all.includes('holds')) return 'holds';
  if (all.includes('violated')) return 'violated';
  return all.includes('undetermined') ? 'undetermined' : 'holds';
}

export interface JudgedCell {
  readonly judged: Judged;
  /** Ways that do not hold. */
  readonly against: readonly Way[];
}

/** Whether an expectation holds for one workload and one destination, over all ways of its calls. */
export function judgeCell(
  expectation: Expectation,
  ways: readonly Way[],
  quantifier: Quantifier,
): JudgedCell {
  const each = ways.map(way => judgeWay(expectation, way));
  const against = ways.filter((_, i) => each[i] !== 'holds');
  const judged = combine(each, quantifier);
  if (judged === 'holds' && failsAsAWhole(expectation, ways))
    return { judged: 'violated', against: ways };
  return judged === 'holds' ? { judged, against: [] } : { judged, against };
}
