import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Alert,
  Button,
  Cell,
  CellText,
  type ColumnConfig,
  Flex,
  SearchField,
  Table,
  Text,
} from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import type { UndeclaredHost } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessRow } from '@sidetrace/core';
import { verdicts } from '@sidetrace/core/access';
import { useMemo } from 'react';
import { useQueryParam } from '../../hooks/use-query-param';
import {
  type AccessColumn,
  type AccessItem,
  accessCsv,
  accessItems,
  filterAccess,
} from '../../presenters/access-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { FilterSelect } from '../shared/FilterSelect';
import { saveFile } from '../shared/save-file';
import tables from '../shared/Tables.module.css';
import { VerdictBadge } from '../shared/VerdictBadge';
import styles from './ExternalAccess.module.css';

const sortable: readonly AccessColumn[] = [
  'host',
  'port',
  'protocol',
  'verdict',
  'through',
  'declared',
];

function useColumns(): readonly ColumnConfig<AccessItem>[] {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return useMemo(
    () => [
      {
        id: 'host',
        label: t('access.host'),
        isRowHeader: true,
        isSortable: true,
        minWidth: 210,
        cell: item => <CellText title={item.anyHost ? t('access.anyHost') : item.host} />,
      },
      {
        id: 'port',
        label: t('access.port'),
        isSortable: true,
        width: 92,
        cell: item => <CellText title={String(item.port)} />,
      },
      {
        id: 'protocol',
        label: t('access.protocol'),
        isSortable: true,
        width: 120,
        cell: item => <CellText title={item.protocol} />,
      },
      {
        id: 'verdict',
        label: t('access.verdict'),
        isSortable: true,
        width: 144,
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
        cell: item => <CellText title={item.through} description={item.reasons} />,
      },
      {
        id: 'declared',
        label: t('access.declared'),
        isSortable: true,
        width: 156,
        cell: item => <CellText title={t(`access.declaredAs.${item.declared}`)} />,
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
    [t],
  );
}

interface BarProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly verdict: string;
  readonly onVerdict: (verdict: string) => void;
  readonly onExport: () => void;
}

function FilterBar({ text, onText, verdict, onVerdict, onExport }: BarProps) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <div className={styles.filters}>
      <SearchField
        className={styles.text ?? ''}
        label={t('access.filter')}
        size="small"
        value={text}
        onChange={onText}
      />
      <FilterSelect
        label={t('access.verdict')}
        all={t('access.allVerdicts')}
        options={verdicts.map(value => ({ value, label: t(`verdict.${value}`) }))}
        value={verdict}
        onChange={onVerdict}
      />
      <Button
        variant="secondary"
        size="small"
        iconStart={<RiDownloadLine aria-hidden />}
        onPress={onExport}
      >
        {t('access.exportCsv')}
      </Button>
    </div>
  );
}

interface Props {
  readonly rows: readonly AccessRow[];
  readonly undeclared: readonly UndeclaredHost[];
  readonly invalidHosts: readonly string[];
  /** File name of the export, without its ending. */
  readonly fileName: string;
  /** Opens the trace of a host; absent without the permission to simulate. */
  readonly onTry: ((address: string) => void) | undefined;
}

/** Table of external hosts with verdict and reason; a row opens its trace. Filter and order are in the URL. */
export function ExternalAccess({ rows, undeclared, invalidHosts, fileName, onTry }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [text, setText] = useQueryParam('q');
  const [verdict, setVerdict] = useQueryParam('verdict');
  const [order, setOrder] = useQueryParam('sort');
  const items = useMemo(() => accessItems(rows, undeclared), [rows, undeclared]);
  const descending = order.startsWith('-');
  const sort = sortable.find(column => column === order.replace(/^-/, '')) ?? 'host';
  const shown = filterAccess(items, { text, verdict, sort, descending });
  const save = () => saveFile(`${fileName}.csv`, 'text/csv', accessCsv(shown));
  return (
    <Flex direction="column" gap="3">
      {invalidHosts.length === 0 ? null : (
        <Alert
          status="warning"
          icon
          title={t('access.invalidHosts', { parts: invalidHosts.join(', ') })}
        />
      )}
      <FilterBar
        text={text}
        onText={setText}
        verdict={verdict}
        onVerdict={setVerdict}
        onExport={save}
      />
      <div className={tables.scroll}>
        <Table
          className={tables.wide ?? ''}
          columnConfig={useColumns()}
          data={[...shown]}
          pagination={{ type: 'none' }}
          sort={{
            descriptor: { column: sort, direction: descending ? 'descending' : 'ascending' },
            onSortChange: ({ column, direction }) =>
              setOrder(`${direction === 'descending' ? '-' : ''}${column}`),
          }}
          {...(onTry === undefined
            ? {}
            : { rowConfig: { onClick: ({ address }: AccessItem) => onTry(address) } })}
          emptyState={
            <Text>{items.length === 0 ? t('access.noRows') : t('access.noFiltered')}</Text>
          }
        />
      </div>
      <Text as="p" color="secondary" variant="body-small">
        {t('access.boundary')}
      </Text>
    </Flex>
  );
}
