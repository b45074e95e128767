import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert, Button, Flex, Switch, Table, Text } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import type { FindingDetails, UndeclaredHost } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { AccessRow } from '@sidetrace/core';
import { verdicts } from '@sidetrace/core/access';
import { useMemo } from 'react';
import { useQueryParam } from '../../hooks/use-query-param';
import {
  type AccessItem,
  accessCsv,
  accessItems,
  filterAccess,
  isObserved,
} from '../../presenters/access-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { FilterSelect } from '../shared/FilterSelect';
import { saveFile } from '../shared/save-file';
import tables from '../shared/Tables.module.css';
import { TextFilter } from '../shared/TextFilter';
import { sortableColumns, useAccessColumns } from './access-columns';
import styles from './ExternalAccess.module.css';

interface BarProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly verdict: string;
  readonly onVerdict: (verdict: string) => void;
  /** Absent when nobody counts calls. */
  readonly observedOnly: boolean | undefined;
  readonly onObservedOnly: (only: boolean) => void;
  readonly onExport: () => void;
}

function FilterBar(props: BarProps) {
  const { text, onText, verdict, onVerdict, observedOnly, onObservedOnly, onExport } = props;
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <div className={styles.filters}>
      <TextFilter
        className={styles.text ?? ''}
        label={t('access.filter')}
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
      {observedOnly === undefined ? null : (
        <Switch
          label={t('access.observedOnly')}
          isSelected={observedOnly}
          onChange={onObservedOnly}
        />
      )}
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
  readonly findings: readonly FindingDetails[];
  readonly invalidHosts: readonly string[];
  /** File name of the export, without its ending. */
  readonly fileName: string;
  /** Opens the trace of a host; absent without the permission to simulate. */
  readonly onTry: ((address: string) => void) | undefined;
}

/** Table of external hosts with verdict and reason; a row opens its trace. Filter and order are in the URL. */
export function ExternalAccess(props: Props) {
  const { rows, undeclared, findings, invalidHosts, fileName, onTry } = props;
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [text, setText] = useQueryParam('q');
  const [verdict, setVerdict] = useQueryParam('verdict');
  const [order, setOrder] = useQueryParam('sort');
  const [observed, setObserved] = useQueryParam('observed');
  const items = useMemo(
    () => accessItems(rows, { undeclared, findings }),
    [rows, undeclared, findings],
  );
  const descending = order.startsWith('-');
  const counted = isObserved(items);
  const observedOnly = counted && observed === 'only';
  const sort = sortableColumns.find(column => column === order.replace(/^-/, '')) ?? 'host';
  const shown = filterAccess(items, { text, verdict, observedOnly, sort, descending });
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
        observedOnly={counted ? observedOnly : undefined}
        onObservedOnly={only => setObserved(only ? 'only' : '')}
        onExport={save}
      />
      <div className={tables.scroll}>
        <Table
          className={tables.wide ?? ''}
          columnConfig={useAccessColumns(counted)}
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
