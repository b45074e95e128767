import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Cell, CellText, type ColumnConfig, Table, Text } from '@backstage/ui';
import type { OpenedHost } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useMemo } from 'react';
import { useLanguage } from '../../../hooks/use-language';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import tables from '../../shared/Tables.module.css';
import { WorkloadNames } from '../../shared/WorkloadNames';

type Item = OpenedHost & { readonly id: string };

function useColumns(): readonly ColumnConfig<Item>[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'host',
        label: t('access.host'),
        isRowHeader: true,
        minWidth: 200,
        cell: ({ host, port }) => (
          <CellText title={host === '*' ? t('access.anyHost') : host} description={String(port)} />
        ),
      },
      {
        id: 'workloads',
        label: t('overview.openedFor'),
        minWidth: 220,
        cell: ({ workloads }) => (
          <Cell>
            <WorkloadNames workloads={workloads} />
          </Cell>
        ),
      },
      {
        id: 'since',
        label: t('overview.since'),
        width: 230,
        cell: ({ seenAt, source }) => (
          <CellText title={new Date(seenAt).toLocaleString(language)} description={source} />
        ),
      },
    ],
    [t, language],
  );
}

/** Hosts that became reachable for somebody in the last seven days. */
export function OpenedHosts({ opened }: { readonly opened: readonly OpenedHost[] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const items = opened.map((item, index) => ({ ...item, id: String(index) }));
  return (
    <div className={tables.scroll}>
      <Table
        className={tables.narrow ?? ''}
        columnConfig={useColumns()}
        data={items}
        pagination={{ type: 'none' }}
        emptyState={<Text>{t('overview.noneOpened')}</Text>}
      />
    </div>
  );
}
