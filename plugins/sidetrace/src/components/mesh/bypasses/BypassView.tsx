import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { BypassPage, BypassRequest } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { useQueryParams } from '../../../hooks/use-query-params';
import { useSettled } from '../../../hooks/use-settled';
import { bypassFilterOf, pageOf } from '../../../presenters/mesh/list-requests';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { AnswerBoundary } from '../../shared/AnswerBoundary';
import { DownloadMenu } from '../../shared/DownloadMenu';
import { countedOptions, FacetSelect } from '../../shared/FacetSelect';
import { Filters } from '../../shared/Filters';
import { InputNotice } from '../../shared/InputNotice';
import { Pager } from '../../shared/Pager';
import { PlaceFilters } from '../../shared/PlaceFilters';
import { StaleNotice } from '../../shared/StaleNotice';
import { TextFilter } from '../../shared/TextFilter';
import { BypassTable } from './BypassTable';

function BypassFilters({ answer }: { readonly answer: BypassPage }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [params, setParams] = useQueryParams();
  const { facets, sources } = answer;
  return (
    <Filters>
      <TextFilter
        label={t('bypass.filter')}
        value={params.get('text') ?? ''}
        onChange={text => setParams({ text, offset: '' })}
      />
      <FacetSelect
        param="reason"
        label={t('bypass.reason')}
        all={t('facets.all')}
        options={countedOptions(facets.reasons)}
      />
      <PlaceFilters facets={facets} sources={sources} />
    </Filters>
  );
}

function Content({ answer }: { readonly answer: BypassPage }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [params, setParams] = useQueryParams();
  const filter = bypassFilterOf(params);
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={answer.sources} />
      <InputNotice sources={answer.sources} />
      <Text as="p" color="secondary">
        {t('bypass.intro')}
      </Text>
      <BypassFilters answer={answer} />
      <Flex gap="4" align="center" justify="between" style={{ flexWrap: 'wrap' }}>
        <Text role="status" weight="bold">
          {t('bypass.count', { count: answer.total })}
        </Text>
        <DownloadMenu
          requests={(['csv', 'json', 'markdown'] as const).map(format => ({
            kind: 'bypasses',
            format,
            filter,
          }))}
        />
      </Flex>
      <BypassTable
        bypasses={answer.bypasses}
        empty={Object.keys(filter).length === 0 ? t('bypass.none') : t('mesh.noFiltered')}
      />
      <Pager page={answer} onOffset={offset => setParams({ offset: String(offset) })} />
    </Flex>
  );
}

/** Who is not, or not fully, behind the sidecar, and why. */
export function BypassView() {
  const api = useApi(sidetraceApiRef);
  const [params] = useQueryParams();
  const key = useSettled(JSON.stringify({ ...bypassFilterOf(params), ...pageOf(params) }));
  const ask = useCallback(() => {
    const request: BypassRequest = JSON.parse(key);
    return api.bypasses(request);
  }, [api, key]);
  return (
    <AnswerBoundary asked={useAnswer(ask)} skeleton={[24, 60, 32, 480]}>
      {answer => <Content answer={answer} />}
    </AnswerBoundary>
  );
}
