import type {
  AccessChange,
  AccessChangeKind,
  CellAnswer,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { csvText } from './csv-text';
import { sharedOriginText } from './origin-text';

/** One side of a change as shown. */
export interface AnswerView {
  readonly verdict: CellAnswer['verdict'];
  readonly through: string;
  readonly symptom: string;
}

/** A changed cell, or cells of several workloads that changed in the same way. */
export interface ChangeItem {
  readonly id: string;
  readonly kind: AccessChangeKind;
  readonly source: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: AccessChange['protocol'];
  readonly before?: AnswerView;
  readonly after?: AnswerView;
  readonly workloads: AccessChange['workloads'];
}

/** Worst news first: what stops working, then what opens. */
export const changeKinds = [
  'closed',
  'opened',
  'path',
  'added',
  'removed',
  'detail',
] as const satisfies readonly AccessChangeKind[];

export const changeKindOf = (text: string): AccessChangeKind | undefined =>
  changeKinds.find(kind => kind === text);

function answerView({ verdict, via, deciding, symptom }: CellAnswer): AnswerView {
  const through = via === undefined ? sharedOriginText(deciding) : `gateway ${via}`;
  return { verdict, symptom, through };
}

export function changeItems(changes: readonly AccessChange[]): readonly ChangeItem[] {
  return changes.map(({ change, before, after, ...rest }, index) => ({
    ...rest,
    id: `${index}`,
    kind: change,
    ...(before === undefined ? {} : { before: answerView(before) }),
    ...(after === undefined ? {} : { after: answerView(after) }),
  }));
}

/** The changes as CSV with a header line. */
export function changesCsv(items: readonly ChangeItem[]): string {
  const header = ['change', 'host', 'port', 'protocol', 'before', 'after', 'through', 'sees'];
  const lines = items.map(({ kind, host, port, protocol, before, after }) => [
    kind,
    host,
    String(port),
    protocol,
    before?.verdict ?? '',
    after?.verdict ?? '',
    after?.through ?? before?.through ?? '',
    after?.symptom ?? '',
  ]);
  return csvText([header, ...lines]);
}

export interface ChangeFilter {
  readonly kind: AccessChangeKind | undefined;
  readonly text: string;
  /** Of one of the workloads that are listed. */
  readonly owner: string;
}

/** Changes that fit the filter, in order. */
export function filterChanges(
  items: readonly ChangeItem[],
  { kind, text, owner }: ChangeFilter,
): readonly ChangeItem[] {
  const wanted = text.trim().toLowerCase();
  return items.filter(item => {
    const { list } = item.workloads;
    const names = list.map(({ ref }) => `${ref.namespace}/${ref.name}`);
    return (
      (kind === undefined || item.kind === kind) &&
      (owner === '' || list.some(workload => workload.owner === owner)) &&
      [item.host, ...names].some(part => part.toLowerCase().includes(wanted))
    );
  });
}
