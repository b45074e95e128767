import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { CellText, type ColumnConfig, Flex, Table, Text } from '@backstage/ui';
import type { SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useMemo } from 'react';
import { useLanguage } from '../../../hooks/use-language';
import { ageText } from '../../../presenters/text/age';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import tables from '../../shared/Tables.module.css';

function useColumns(): readonly ColumnConfig<SourceState>[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'id',
        label: t('mesh.source'),
        isRowHeader: true,
        minWidth: 220,
        cell: ({ id, cluster }) => (
          <CellText title={id} {...(cluster === undefined ? {} : { description: cluster })} />
        ),
      },
      {
        id: 'state',
        label: t('mesh.state'),
        minWidth: 200,
        cell: ({ state, readAt }) => (
          <CellText
            title={t(`mesh.${state}`)}
            {...(readAt === undefined
              ? {}
              : { description: ageText(readAt, Date.now(), language) })}
          />
        ),
      },
      {
        id: 'istio',
        label: 'Istio',
        width: 100,
        cell: ({ istioVersion }) => <CellText title={istioVersion ?? ''} />,
      },
      {
        id: 'workloads',
        label: t('mesh.workloads'),
        width: 120,
        cell: ({ workloads }) => <CellText title={String(workloads)} />,
      },
      {
        id: 'issues',
        label: t('mesh.input'),
        minWidth: 200,
        cell: ({ issueCount, issues }) => (
          <CellText
            title={issueCount === 0 ? t('mesh.noIssues') : t('mesh.issues', { count: issueCount })}
            description={issues[0]?.message ?? ''}
          />
        ),
      },
    ],
    [t, language],
  );
}

/** The sources with their state, age and how complete they are. */
export function SourceTable({ sources }: { readonly sources: readonly SourceState[] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <div className={tables.scroll}>
      <Table
        className={tables.wide ?? ''}
        columnConfig={useColumns()}
        data={[...sources]}
        pagination={{ type: 'none' }}
        emptyState={
          <Flex direction="column" gap="1">
            <Text weight="bold">{t('mesh.noSources')}</Text>
            <Text>{t('mesh.noSourcesHint')}</Text>
          </Flex>
        }
      />
    </div>
  );
}
