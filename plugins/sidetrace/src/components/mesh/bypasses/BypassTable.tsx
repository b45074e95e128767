import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Cell, CellText, type ColumnConfig, Table, Text } from '@backstage/ui';
import type { BypassEntry } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useMemo } from 'react';
import { originText } from '../../../presenters/origin-text';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { Message } from '../../shared/Message';
import tables from '../../shared/Tables.module.css';
import { WorkloadNames } from '../../shared/WorkloadNames';

type Item = BypassEntry & { readonly id: string };

function useColumns(): readonly ColumnConfig<Item>[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return useMemo(
    () => [
      {
        id: 'reason',
        label: t('bypass.reason'),
        isRowHeader: true,
        width: 180,
        cell: ({ reason, source }) => <CellText title={reason} description={source} />,
      },
      {
        id: 'covers',
        label: t('bypass.covers'),
        width: 160,
        cell: ({ covers }) => <CellText title={covers} />,
      },
      {
        id: 'why',
        label: t('bypass.why'),
        minWidth: 300,
        cell: ({ message, origin }) => (
          <Cell>
            <Text className={tables.words ?? ''}>
              <Message text={message} />
            </Text>
            {origin === undefined ? null : (
              <Text as="p" color="secondary" variant="body-small" className={tables.words ?? ''}>
                {originText(origin)}
              </Text>
            )}
          </Cell>
        ),
      },
      {
        id: 'count',
        label: t('mesh.workloads'),
        width: 110,
        cell: ({ workloads }) => <CellText title={String(workloads.count)} />,
      },
      {
        id: 'workloads',
        label: t('bypass.who'),
        minWidth: 240,
        cell: ({ workloads }) => (
          <Cell>
            <WorkloadNames workloads={workloads} />
          </Cell>
        ),
      },
    ],
    [t],
  );
}

/** What goes around the sidecar, and whose calls. */
export function BypassTable({
  bypasses,
  empty,
}: {
  readonly bypasses: readonly BypassEntry[];
  readonly empty: string;
}) {
  const items = bypasses.map((entry, index) => ({ ...entry, id: String(index) }));
  return (
    <div className={tables.scroll}>
      <Table
        className={tables.wide ?? ''}
        columnConfig={useColumns()}
        data={items}
        pagination={{ type: 'none' }}
        emptyState={<Text>{empty}</Text>}
      />
    </div>
  );
}
