import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Cell, CellText, type ColumnConfig, Flex, Table, Text, useBreakpoint } from '@backstage/ui';
import type { SnapshotSummary } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useMemo } from 'react';
import { useLanguage } from '../../../hooks/use-language';
import { changeKinds } from '../../../presenters/changes-view';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import tables from '../../shared/Tables.module.css';
import { type Comparable, CompareButtons } from './CompareButtons';

function Changes({ snapshot }: { readonly snapshot: SnapshotSummary }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { changes } = snapshot;
  if (changes === undefined) return <Text color="secondary">{t('history.first')}</Text>;
  const parts = [
    ...changeKinds
      .filter(kind => changes.access[kind] > 0)
      .map(kind => `${changes.access[kind]} ${t(`changes.${kind}`)}`),
    ...(changes.findingsAdded > 0
      ? [t('changes.newFindings', { count: changes.findingsAdded })]
      : []),
    ...(changes.findingsRemoved > 0
      ? [t('changes.goneFindings', { count: changes.findingsRemoved })]
      : []),
  ];
  return <Text>{parts.length === 0 ? t('history.same') : parts.join(', ')}</Text>;
}

/** On a narrow screen all of a snapshot in one cell, so that what can be done with it stands beside it. */
function Summary({ snapshot }: { readonly snapshot: SnapshotSummary }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { seenAt, source, current } = snapshot;
  return (
    <Flex direction="column" gap="1">
      <Text>{new Date(seenAt).toLocaleString(useLanguage())}</Text>
      <Text color="secondary">{current ? `${source}, ${t('history.current')}` : source}</Text>
      <Changes snapshot={snapshot} />
    </Flex>
  );
}

type Column = ColumnConfig<SnapshotSummary>;

/** What a narrow screen has in the first column. */
function useDetails(): readonly Column[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'seen',
        label: t('history.since'),
        isRowHeader: true,
        width: 200,
        cell: ({ seenAt, current }) => (
          <CellText
            title={new Date(seenAt).toLocaleString(language)}
            {...(current ? { description: t('history.current') } : {})}
          />
        ),
      },
      {
        id: 'source',
        label: t('mesh.source'),
        minWidth: 150,
        cell: ({ source, digest }) => <CellText title={source} description={digest.slice(0, 12)} />,
      },
      {
        id: 'workloads',
        label: t('mesh.workloads'),
        width: 140,
        cell: ({ counts }) => (
          <CellText
            title={counts === undefined ? t('history.analysing') : String(counts.workloads)}
          />
        ),
      },
      {
        id: 'changes',
        label: t('history.changes'),
        minWidth: 180,
        cell: snapshot => (
          <Cell>
            <Changes snapshot={snapshot} />
          </Cell>
        ),
      },
    ],
    [t, language],
  );
}

function useColumns(props: Comparable, narrow: boolean): readonly Column[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { snapshots, picked, onPick, onCompare } = props;
  const details = useDetails();
  return useMemo(() => {
    const summary: Column = {
      id: 'seen',
      label: t('history.since'),
      isRowHeader: true,
      cell: snapshot => (
        <Cell>
          <Summary snapshot={snapshot} />
        </Cell>
      ),
    };
    const compare: Column = {
      id: 'compare',
      label: t('history.compare'),
      width: narrow ? 150 : 270,
      cell: snapshot => (
        <Cell>
          <CompareButtons {...{ snapshot, narrow, snapshots, picked, onPick, onCompare }} />
        </Cell>
      ),
    };
    return narrow ? [summary, compare] : [...details, compare];
  }, [t, narrow, details, snapshots, picked, onPick, onCompare]);
}

/** Snapshots of the sources, newest first, with what changed in each. */
export function SnapshotTable(props: Comparable) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const narrow = useBreakpoint().down('sm');
  return (
    <div className={tables.scroll}>
      <Table
        className={(narrow ? undefined : tables.wide) ?? ''}
        columnConfig={useColumns(props, narrow)}
        data={[...props.snapshots]}
        pagination={{ type: 'none' }}
        emptyState={<Text>{t('history.none')}</Text>}
      />
    </div>
  );
}
