import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type {
  CellRequest,
  MatrixPage,
  MatrixRequest,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { useMatrixTiles } from '../../../hooks/use-matrix-tiles';
import { useQueryParams } from '../../../hooks/use-query-params';
import { useSettled } from '../../../hooks/use-settled';
import { cellAddress, parseCellAddress } from '../../../presenters/mesh/cell-address';
import { type Place, placeWithin } from '../../../presenters/mesh/matrix-grid';
import { matrixFilterOf, matrixRequestOf } from '../../../presenters/mesh/matrix-request';
import { tileSize } from '../../../presenters/mesh/matrix-tiles';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { AnswerBoundary } from '../../shared/AnswerBoundary';
import { DownloadMenu } from '../../shared/DownloadMenu';
import { FailedState } from '../../shared/FailedState';
import { InputNotice } from '../../shared/InputNotice';
import { StaleNotice } from '../../shared/StaleNotice';
import { CellPanel } from './CellPanel';
import type { GridWords } from './GridRow';
import { MatrixFilters } from './MatrixFilters';
import { MatrixGrid } from './MatrixGrid';
import { MatrixLegend } from './MatrixLegend';
import styles from './MatrixView.module.css';

function useGridWords(): GridWords {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return useMemo(
    () => ({
      verdicts: {
        allowed: t('verdict.allowed'),
        passthrough: t('verdict.passthrough'),
        bypass: t('verdict.bypass'),
        blocked: t('verdict.blocked'),
        mixed: t('verdict.mixed'),
        undetermined: t('verdict.undetermined'),
      },
      notJudged: t('verdict.notJudged'),
      loading: t('state.loading'),
    }),
    [t],
  );
}

interface ContentProps {
  readonly request: MatrixRequest;
  readonly first: MatrixPage;
}

/** The grid, and beside it the trace of the cell that the URL names. */
function Grid({ request, first }: ContentProps) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const words = useGridWords();
  const { view, need, error, retry } = useMatrixTiles(request, first);
  const [params, setParams] = useQueryParams();
  const [wanted, setPlace] = useState<Place>({ row: 0, column: 0 });
  const place = placeWithin(wanted, { rows: view.rowCount, columns: view.columnCount });
  const cell = parseCellAddress(params.get('cell') ?? '');
  const setCell = (next: CellRequest | undefined) =>
    setParams({ cell: next === undefined ? '' : cellAddress(next), step: '' });
  const open = ({ row, column }: Place) => {
    const workload = view.row(row)?.workloads.list[0];
    const target = view.column(column);
    if (workload === undefined || target === undefined) return;
    const { host, port, protocol } = target;
    setCell({ workload: workload.id, host, port, protocol });
  };
  const alike = view.row(place.row)?.workloads;
  const inRow = alike?.list.some(({ id }) => id === cell?.workload) === true;
  return (
    <>
      {error === undefined ? null : <FailedState error={error} onRetry={retry} />}
      <div className={cell === undefined ? styles.alone : styles.beside}>
        <MatrixGrid
          view={view}
          name={t('mesh.gridName')}
          corner={t('mesh.workloads')}
          words={words}
          place={place}
          onPlace={setPlace}
          onOpen={open}
          onNeed={need}
        />
        {cell === undefined ? null : (
          <CellPanel cell={cell} alike={inRow ? alike : undefined} onCell={setCell} />
        )}
      </div>
      <Text color="secondary">{t('mesh.selectHint')}</Text>
    </>
  );
}

function Content({ request, first }: ContentProps) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [params] = useSearchParams();
  const filter = matrixFilterOf(params);
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={first.sources} />
      <InputNotice sources={first.sources} />
      <MatrixFilters page={first} />
      <Flex gap="4" align="center" justify="between" style={{ flexWrap: 'wrap' }}>
        <Text role="status" weight="bold">
          {t('matrix.size', {
            count: first.workloads,
            rows: String(first.total),
            hosts: String(first.columnTotal),
          })}
        </Text>
        <DownloadMenu
          requests={(['csv', 'json', 'markdown'] as const).map(format => ({
            kind: 'access',
            format,
            filter,
          }))}
        />
      </Flex>
      <MatrixLegend />
      {first.total === 0 || first.columnTotal === 0 ? (
        <Text>{isFiltered ? t('mesh.noFiltered') : t('mesh.empty')}</Text>
      ) : (
        <Grid request={request} first={first} />
      )}
    </Flex>
  );
}

/** Workloads by external hosts, with filters in the URL; a cell opens its trace. */
export function MatrixView() {
  const api = useApi(sidetraceApiRef);
  const [params] = useSearchParams();
  const key = useSettled(JSON.stringify(matrixRequestOf(params)));
  const request = useMemo((): MatrixRequest => JSON.parse(key), [key]);
  const ask = useCallback(
    async () => ({
      request,
      first: await api.matrix({ ...request, limit: tileSize.rows, columnLimit: tileSize.columns }),
    }),
    [api, request],
  );
  return (
    <AnswerBoundary asked={useAnswer(ask)} skeleton={[130, 32, 26, 560]}>
      {answer => <Content {...answer} />}
    </AnswerBoundary>
  );
}
