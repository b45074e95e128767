import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button, Cell, CellText, type ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import type { SnapshotSummary } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useMemo } from 'react';
import { useLanguage } from '../../../hooks/use-language';
import { changeKinds } from '../../../presenters/changes-view';
import { type Pair, previousOf } from '../../../presenters/mesh/history-view';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import tables from '../../shared/Tables.module.css';

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

interface Props {
  readonly snapshots: readonly SnapshotSummary[];
  /** The one picked for a comparison. */
  readonly picked: string;
  readonly onPick: (id: string) => void;
  readonly onCompare: (pair: Pair) => void;
}

function useColumns(props: Props): readonly ColumnConfig<SnapshotSummary>[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const language = useLanguage();
  const { snapshots, picked, onPick, onCompare } = props;
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
      {
        id: 'compare',
        label: t('history.compare'),
        width: 270,
        cell: snapshot => {
          const previous = previousOf(snapshots, snapshot);
          const time = new Date(snapshot.seenAt).toLocaleString(language);
          return (
            <Cell>
              <Flex gap="2">
                {previous === undefined ? null : (
                  <Button
                    size="small"
                    variant="secondary"
                    aria-label={t('history.withPreviousOf', { time })}
                    onPress={() => onCompare({ before: previous.id, after: snapshot.id })}
                  >
                    {t('history.withPrevious')}
                  </Button>
                )}
                <Button
                  size="small"
                  variant={picked === snapshot.id ? 'primary' : 'secondary'}
                  aria-pressed={picked === snapshot.id}
                  aria-label={t('history.pickOf', { time })}
                  onPress={() => onPick(snapshot.id)}
                >
                  {picked === snapshot.id ? t('history.picked') : t('history.pick')}
                </Button>
              </Flex>
            </Cell>
          );
        },
      },
    ],
    [t, language, snapshots, picked, onPick, onCompare],
  );
}

/** Snapshots of the sources, newest first, with what changed in each. */
export function SnapshotTable(props: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <div className={tables.scroll}>
      <Table
        className={tables.wide ?? ''}
        columnConfig={useColumns(props)}
        data={[...props.snapshots]}
        pagination={{ type: 'none' }}
        emptyState={<Text>{t('history.none')}</Text>}
      />
    </div>
  );
}
