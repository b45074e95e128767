import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, SearchField, Text } from '@backstage/ui';
import type { MeshFindings } from '@sidetrace/backstage-plugin-sidetrace-common';
import { formatObjectRef } from '@sidetrace/core';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../api/sidetrace-api-ref';
import { useAnswer } from '../../hooks/use-answer';
import { useQueryParam } from '../../hooks/use-query-param';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { AnswerBoundary } from '../shared/AnswerBoundary';
import { FindingList } from '../shared/FindingList';
import { StaleNotice } from '../shared/StaleNotice';

function FilteredFindings({ answer }: { readonly answer: MeshFindings }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [text, setText] = useQueryParam('q');
  const wanted = text.trim().toLowerCase();
  const items = answer.findings
    .filter(({ source, finding }) =>
      [
        source,
        finding.id,
        finding.title,
        finding.message,
        finding.level,
        formatObjectRef(finding.object),
      ].some(part => part.toLowerCase().includes(wanted)),
    )
    .map(({ source, finding }) => ({ id: `${source} ${finding.fingerprint}`, source, finding }));
  const none = answer.findings.length === 0 ? t('findings.none') : t('findings.noFiltered');
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={answer.sources} />
      <SearchField label={t('findings.filter')} size="small" value={text} onChange={setText} />
      {items.length === 0 ? <Text>{none}</Text> : <FindingList items={items} />}
    </Flex>
  );
}

/** Findings of all meshes. */
export function FindingsView() {
  const api = useApi(sidetraceApiRef);
  const ask = useCallback(() => api.meshFindings(), [api]);
  return (
    <AnswerBoundary asked={useAnswer(ask)} skeleton={[40, 64, 64, 64]}>
      {answer => <FilteredFindings answer={answer} />}
    </AnswerBoundary>
  );
}
