import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, SearchField, Select, Text } from '@backstage/ui';
import type { AccessMatrix } from '@sidetrace/backstage-plugin-sidetrace-common';
import { verdicts } from '@sidetrace/core';
import { useCallback, useMemo, useState } from 'react';
import { sidetraceApiRef } from '../../api/sidetrace-api-ref';
import { useAnswer } from '../../hooks/use-answer';
import { useQueryParam } from '../../hooks/use-query-param';
import { columnName, matrixView, rowName } from '../../presenters/matrix-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { AnswerBoundary } from '../shared/AnswerBoundary';
import { StaleNotice } from '../shared/StaleNotice';
import { VerdictBadge } from '../shared/VerdictBadge';
import { MatrixGrid, type Place } from './MatrixGrid';
import styles from './MatrixPage.module.css';

interface FilterSelectProps {
  readonly label: string;
  readonly all: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A choice with `all` first, which is the empty value. */
function FilterSelect({ label, all, options, value, onChange }: FilterSelectProps) {
  return (
    <Select
      label={label}
      options={[{ value: 'all', label: all }, ...options]}
      value={value === '' ? 'all' : value}
      onChange={key => onChange(key === 'all' || key === null ? '' : String(key))}
    />
  );
}

function Matrix({ matrix }: { readonly matrix: AccessMatrix }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [source, setSource] = useQueryParam('source');
  const [workloads, setWorkloads] = useQueryParam('workloads');
  const [hosts, setHosts] = useQueryParam('hosts');
  const [verdict, setVerdict] = useQueryParam('verdict');
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const view = useMemo(
    () => matrixView(matrix, { source, workloads, hosts, verdict }),
    [matrix, source, workloads, hosts, verdict],
  );
  const row = view.rows[place.row];
  const column = view.columns[place.column];
  const cell = view.cell(place.row, place.column);
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={matrix.sources} />
      <div className={styles.filters}>
        <FilterSelect
          label={t('mesh.source')}
          all={t('mesh.allSources')}
          options={matrix.sources.map(({ id }) => ({ value: id, label: id }))}
          value={source}
          onChange={setSource}
        />
        <SearchField
          label={t('mesh.filterRows')}
          size="small"
          value={workloads}
          onChange={setWorkloads}
        />
        <SearchField label={t('mesh.filterHosts')} size="small" value={hosts} onChange={setHosts} />
        <FilterSelect
          label={t('access.verdict')}
          all={t('access.allVerdicts')}
          options={verdicts.map(value => ({ value, label: t(`verdict.${value}`) }))}
          value={verdict}
          onChange={setVerdict}
        />
      </div>
      <ul className={styles.legend}>
        {verdicts.map(item => (
          <li key={item}>
            <VerdictBadge verdict={item} />
          </li>
        ))}
      </ul>
      {view.rows.length === 0 ? (
        <Text>{matrix.cells.length === 0 ? t('mesh.empty') : t('mesh.noFiltered')}</Text>
      ) : (
        <MatrixGrid view={view} place={place} onPlace={setPlace} />
      )}
      <div aria-live="polite">
        {row === undefined || column === undefined ? (
          <Text color="secondary">{t('mesh.selectHint')}</Text>
        ) : (
          <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
            <Text weight="bold">{`${rowName(row)} → ${columnName(column)}`}</Text>
            {cell === undefined ? (
              <Text color="secondary">{t('verdict.notJudged')}</Text>
            ) : (
              <>
                <VerdictBadge verdict={cell.verdict} />
                <Text>{cell.symptom}</Text>
              </>
            )}
          </Flex>
        )}
      </div>
    </Flex>
  );
}

/** Workloads by external hosts, with filters in the URL and the reason of the selected cell. */
export function MatrixPage() {
  const api = useApi(sidetraceApiRef);
  const ask = useCallback(() => api.accessMatrix(), [api]);
  return (
    <AnswerBoundary asked={useAnswer(ask)} skeleton={[40, 400]}>
      {matrix => <Matrix matrix={matrix} />}
    </AnswerBoundary>
  );
}
