import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Cell, CellText, type ColumnConfig, Text } from '@backstage/ui';
import { useMemo } from 'react';
import { useLanguage } from '../../hooks/use-language';
import type { AccessColumn, AccessItem } from '../../presenters/access-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { ObservedCalls } from '../shared/ObservedCalls';
import tables from '../shared/Tables.module.css';
import { VerdictBadge } from '../shared/VerdictBadge';

/** Columns by which the table can be sorted. */
export const sortableColumns: readonly AccessColumn[] = [
  'host',
  'port',
  'verdict',
  'through',
  'declared',
  'observed',
  'findings',
];

type Column = ColumnConfig<AccessItem>;

/** Where the call goes. */
function usePlaceColumns(): readonly Column[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return useMemo(
    () => [
      {
        id: 'host',
        label: t('access.host'),
        isRowHeader: true,
        isSortable: true,
        minWidth: 200,
        cell: item => <CellText title={item.anyHost ? t('access.anyHost') : item.host} />,
      },
      {
        id: 'port',
        label: t('access.port'),
        isSortable: true,
        width: 92,
        cell: item => <CellText title={String(item.port)} description={item.protocol} />,
      },
    ],
    [t],
  );
}

/** What becomes of it. */
function useAnswerColumns(): readonly Column[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return useMemo(
    () => [
      {
        id: 'verdict',
        label: t('access.verdict'),
        isSortable: true,
        width: 140,
        cell: item => (
          <Cell>
            <VerdictBadge verdict={item.verdict} />
          </Cell>
        ),
      },
      {
        id: 'through',
        label: t('access.through'),
        isSortable: true,
        minWidth: 190,
        cell: ({ through, reasons }) => (
          <Cell>
            <Text as="p" className={tables.words ?? ''}>
              {through}
            </Text>
            <Text as="p" color="secondary" variant="body-small" className={tables.words ?? ''}>
              {reasons}
            </Text>
          </Cell>
        ),
      },
      {
        id: 'declared',
        label: t('access.declared'),
        isSortable: true,
        width: 165,
        cell: item => <CellText title={t(`access.declaredAs.${item.declared}`)} />,
      },
    ],
    [t],
  );
}

function useObservedColumn(): Column {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const language = useLanguage();
  return useMemo(
    () => ({
      id: 'observed',
      label: t('access.observed'),
      isSortable: true,
      width: 140,
      cell: ({ observed }) => (
        <Cell>
          {observed === undefined ? null : (
            <ObservedCalls observed={observed} language={language} />
          )}
        </Cell>
      ),
    }),
    [t, language],
  );
}

/** Columns of the table of external access; `observed` only where calls are counted. */
export function useAccessColumns(observed: boolean): readonly Column[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const place = usePlaceColumns();
  const answer = useAnswerColumns();
  const calls = useObservedColumn();
  return useMemo(
    () => [
      ...place,
      ...answer,
      ...(observed ? [calls] : []),
      {
        id: 'findings',
        label: t('access.findings'),
        isSortable: true,
        width: 112,
        cell: item => <CellText title={item.findings === 0 ? '–' : String(item.findings)} />,
      },
      {
        id: 'sees',
        label: t('access.sees'),
        minWidth: 190,
        cell: item => (
          <Cell>
            <Text>{item.symptom}</Text>
          </Cell>
        ),
      },
    ],
    [t, place, answer, calls, observed],
  );
}
