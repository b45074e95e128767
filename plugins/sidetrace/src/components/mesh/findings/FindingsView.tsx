import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { FindingsRequest, MeshFindings } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { useQueryParams } from '../../../hooks/use-query-params';
import { useSettled } from '../../../hooks/use-settled';
import { findingFilterOf, pageOf } from '../../../presenters/mesh/list-requests';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { AnswerBoundary } from '../../shared/AnswerBoundary';
import { DownloadMenu } from '../../shared/DownloadMenu';
import { InputNotice } from '../../shared/InputNotice';
import { Pager } from '../../shared/Pager';
import { StaleNotice } from '../../shared/StaleNotice';
import { FindingFilters } from './FindingFilters';
import { FindingGroups } from './FindingGroups';

function Content({ answer }: { readonly answer: MeshFindings }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [params, setParams] = useQueryParams();
  const filter = findingFilterOf(params);
  const none = Object.keys(filter).length === 0 ? t('findings.none') : t('findings.noFiltered');
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={answer.sources} />
      <InputNotice sources={answer.sources} />
      <FindingFilters answer={answer} />
      <Flex gap="4" align="center" justify="between" style={{ flexWrap: 'wrap' }}>
        <Text role="status" weight="bold">
          {t('findings.count', { count: answer.total })}
        </Text>
        <DownloadMenu
          requests={(['sarif', 'csv', 'json', 'markdown'] as const).map(format => ({
            kind: 'findings',
            format,
            filter,
          }))}
        />
      </Flex>
      {answer.findings.length === 0 ? (
        <Text>{none}</Text>
      ) : (
        <FindingGroups items={answer.findings} />
      )}
      <Pager
        page={answer}
        onOffset={offset => setParams({ offset: String(offset), finding: '' })}
      />
    </Flex>
  );
}

/** Findings of all meshes: grouped, filtered, accepted ones apart. */
export function FindingsView() {
  const api = useApi(sidetraceApiRef);
  const [params] = useQueryParams();
  const key = useSettled(JSON.stringify({ ...findingFilterOf(params), ...pageOf(params) }));
  const ask = useCallback(() => {
    const request: FindingsRequest = JSON.parse(key);
    return api.meshFindings(request);
  }, [api, key]);
  return (
    <AnswerBoundary asked={useAnswer(ask)} skeleton={[130, 32, 640]}>
      {answer => <Content answer={answer} />}
    </AnswerBoundary>
  );
}
