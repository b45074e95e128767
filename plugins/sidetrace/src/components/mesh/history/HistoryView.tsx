import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { HistoryPage } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { useQueryParams } from '../../../hooks/use-query-params';
import { pick } from '../../../presenters/mesh/history-view';
import { listPage, pageOf } from '../../../presenters/mesh/list-requests';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { AnswerBoundary } from '../../shared/AnswerBoundary';
import { FacetSelect } from '../../shared/FacetSelect';
import { Filters } from '../../shared/Filters';
import { Pager } from '../../shared/Pager';
import { StaleNotice } from '../../shared/StaleNotice';
import { Comparison } from './Comparison';
import { SnapshotTable } from './SnapshotTable';

function Snapshots({ answer }: { readonly answer: HistoryPage }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [params, setParams] = useQueryParams();
  const { sources, snapshots } = answer;
  const picked = params.get('picked') ?? '';
  const onPick = useCallback(
    (id: string) => {
      const next = pick(snapshots, picked, id);
      setParams({ picked: next.picked, ...(next.pair === undefined ? {} : next.pair) });
    },
    [snapshots, picked, setParams],
  );
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={sources} />
      <Filters>
        <FacetSelect
          param="source"
          label={t('mesh.source')}
          all={t('mesh.allSources')}
          options={sources.map(({ id }) => ({ value: id, label: id }))}
        />
      </Filters>
      <Text color="secondary" role="status">
        {picked === '' ? t('history.hint') : t('history.pickSecond')}
      </Text>
      <SnapshotTable
        snapshots={snapshots}
        picked={picked}
        onPick={onPick}
        onCompare={pair => setParams({ ...pair, picked: '' })}
      />
      <Pager page={answer} onOffset={offset => setParams({ offset: String(offset) })} />
    </Flex>
  );
}

/** Snapshots and what changed between two of them; both are in the URL. */
export function HistoryView() {
  const api = useApi(sidetraceApiRef);
  const [params] = useQueryParams();
  const source = params.get('source') ?? '';
  const { offset = 0 } = pageOf(params);
  const ask = useCallback(
    () => api.history({ offset, limit: listPage, ...(source === '' ? {} : { source }) }),
    [api, offset, source],
  );
  const [before, after] = [params.get('before') ?? '', params.get('after') ?? ''];
  return (
    <Flex direction="column" gap="5">
      <AnswerBoundary asked={useAnswer(ask)} skeleton={[56, 24, 400]}>
        {answer => <Snapshots answer={answer} />}
      </AnswerBoundary>
      {before === '' || after === '' ? null : <Comparison before={before} after={after} />}
    </Flex>
  );
}
