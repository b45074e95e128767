import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { SnapshotComparison } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useCallback } from 'react';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { useLanguage } from '../../../hooks/use-language';
import type { Pair } from '../../../presenters/mesh/history-view';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { AnswerBoundary } from '../../shared/AnswerBoundary';
import { DownloadMenu } from '../../shared/DownloadMenu';
import { MeshChangesView } from '../../shared/MeshChangesView';
import { Section } from '../../shared/Section';

function Compared({ pair, answer }: { readonly pair: Pair; readonly answer: SnapshotComparison }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const language = useLanguage();
  const time = (iso: string) => new Date(iso).toLocaleString(language);
  const { before, after, changes } = answer;
  return (
    <Flex direction="column" gap="4">
      <Flex gap="4" align="center" justify="between" style={{ flexWrap: 'wrap' }}>
        <Text role="status" weight="bold">
          {t('history.between', {
            source: after.source,
            before: time(before.seenAt),
            after: time(after.seenAt),
          })}
        </Text>
        <DownloadMenu
          requests={(['csv', 'json', 'markdown'] as const).map(format => ({
            kind: 'comparison',
            format,
            snapshots: pair,
          }))}
        />
      </Flex>
      <MeshChangesView changes={changes} />
    </Flex>
  );
}

/** What changed between two snapshots of a source, and whose it is. */
export function Comparison({ before, after }: Pair) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const api = useApi(sidetraceApiRef);
  const ask = useCallback(() => api.compareSnapshots({ before, after }), [api, before, after]);
  return (
    <Section title={t('history.comparison')}>
      <AnswerBoundary asked={useAnswer(ask)} skeleton={[32, 40, 400]}>
        {answer => <Compared pair={{ before, after }} answer={answer} />}
      </AnswerBoundary>
    </Section>
  );
}
