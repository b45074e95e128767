import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Cell, CellText, type ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import { useMemo } from 'react';
import type { AnswerView, ChangeItem } from '../../presenters/changes-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { ChangeKind } from './ChangeKind';
import styles from './Tables.module.css';
import { VerdictBadge } from './VerdictBadge';
import { WorkloadNames } from './WorkloadNames';

function Answer({ answer }: { readonly answer: AnswerView | undefined }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  if (answer === undefined) return <Text color="secondary">{t('verdict.notJudged')}</Text>;
  return (
    <Flex direction="column" gap="1" align="start">
      <VerdictBadge verdict={answer.verdict} />
      <Text color="secondary" variant="body-small" className={styles.words ?? ''}>
        {answer.through}
      </Text>
    </Flex>
  );
}

function useColumns(withWorkloads: boolean): readonly ColumnConfig<ChangeItem>[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return useMemo(() => {
    const columns: ColumnConfig<ChangeItem>[] = [
      {
        id: 'change',
        label: t('changes.change'),
        width: 148,
        cell: ({ kind }) => (
          <Cell>
            <ChangeKind kind={kind} />
          </Cell>
        ),
      },
      {
        id: 'host',
        label: t('access.host'),
        isRowHeader: true,
        minWidth: 140,
        cell: ({ host, port, protocol }) => (
          <CellText
            title={host === '*' ? t('access.anyHost') : host}
            description={`${port} ${protocol}`}
          />
        ),
      },
      {
        id: 'before',
        label: t('changes.before'),
        minWidth: 165,
        cell: ({ before }) => (
          <Cell>
            <Answer answer={before} />
          </Cell>
        ),
      },
      {
        id: 'after',
        label: t('changes.after'),
        minWidth: 165,
        cell: ({ after }) => (
          <Cell>
            <Answer answer={after} />
          </Cell>
        ),
      },
      {
        id: 'sees',
        label: t('access.sees'),
        minWidth: 180,
        cell: ({ after, before }) => (
          <Cell>
            <Text>{after?.symptom ?? before?.symptom ?? ''}</Text>
          </Cell>
        ),
      },
    ];
    if (!withWorkloads) return columns;
    return [
      ...columns,
      {
        id: 'workloads',
        label: t('mesh.workloads'),
        minWidth: 120,
        cell: ({ workloads }) => (
          <Cell>
            <WorkloadNames workloads={workloads} />
          </Cell>
        ),
      },
    ];
  }, [t, withWorkloads]);
}

interface Props {
  readonly items: readonly ChangeItem[];
  readonly withWorkloads: boolean;
  /** Said instead of rows. */
  readonly empty: string;
}

/** Cells of the matrix that changed, with the answer before and after. */
export function ChangeTable({ items, withWorkloads, empty }: Props) {
  return (
    <div className={styles.scroll}>
      <Table
        className={styles.wide ?? ''}
        columnConfig={useColumns(withWorkloads)}
        data={[...items]}
        pagination={{ type: 'none' }}
        emptyState={<Text>{empty}</Text>}
      />
    </div>
  );
}
