import type { Assumption, Origin } from '../../../origin';
import { absoluteOrigin, type OwnOrigin, type PodStack, relativeOrigin } from '../../../simulation';
import { type Judgement, mergeJudgements } from '../judge';

/** An assumption of an answer that several workloads and hosts share. */
export type SharedAssumption =
  | { readonly kind: 'shared'; readonly assumption: Assumption }
  /** About the pod alone: its own stack says it. */
  | { readonly kind: 'own'; readonly code: string }
  /** Where the name that is dialled is taken to point. */
  | { readonly kind: 'address' };

type Content = Omit<Judgement, 'deciding' | 'assumptions'> & {
  readonly deciding: Origin | OwnOrigin;
  readonly assumptions: readonly SharedAssumption[];
};

/** A judgement without what names the pod or the host that it was made for. Equal ones are one object. */
export interface Answer extends Content {
  readonly number: number;
}

const isOwn = (stack: PodStack, { origin }: Assumption) =>
  origin !== undefined && relativeOrigin(stack, origin).kind === 'own';

function shareAssumption(stack: PodStack, assumption: Assumption): SharedAssumption {
  const { code } = assumption;
  if (code === 'address-assumed') return { kind: 'address' };
  return stack.assumptions.includes(assumption) && isOwn(stack, assumption)
    ? { kind: 'own', code }
    : { kind: 'shared', assumption };
}

const generic = (code: string): Assumption => ({
  code,
  message: 'taken for each workload by itself; its own row says what',
});

/** Assumptions as one member has them, or without a member in general. */
export function assumptionsOf(
  answer: Answer,
  address: () => Assumption,
  member?: PodStack,
): readonly Assumption[] {
  return answer.assumptions.flatMap(item => {
    if (item.kind === 'shared') return [item.assumption];
    if (item.kind === 'address') return [address()];
    if (member === undefined) return [generic(item.code)];
    return member.assumptions.filter(own => own.code === item.code && isOwn(member, own));
  });
}

export const decidingOf = ({ deciding }: Answer, member: PodStack): Origin =>
  absoluteOrigin(member, deciding);

/** Makes answers of judgements; equal contents are one answer. */
export interface AnswerTable {
  readonly share: (stack: PodStack, judgement: Judgement) => Answer;
  /** Several answers for one cell, of pods or ways that disagree. */
  readonly merge: (all: readonly Answer[]) => Answer | undefined;
}

export function answerTable(): AnswerTable {
  const byText = new Map<string, Answer>();
  const intern = (content: Content): Answer => {
    const text = JSON.stringify(content);
    const known = byText.get(text);
    if (known !== undefined) return known;
    const answer = { ...content, number: byText.size };
    byText.set(text, answer);
    return answer;
  };
  return {
    share: (stack, judgement) =>
      intern({
        ...judgement,
        deciding: relativeOrigin(stack, judgement.deciding),
        assumptions: judgement.assumptions.map(item => shareAssumption(stack, item)),
      }),
    merge: all => {
      const [first] = all;
      if (first === undefined || all.every(answer => answer === first)) return first;
      const merged = mergeJudgements(all);
      if (merged === undefined || merged === first) return first;
      const { number: _, ...content } = merged;
      return intern(content);
    },
  };
}
