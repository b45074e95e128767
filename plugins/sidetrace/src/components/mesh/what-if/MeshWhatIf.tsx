import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button, Flex, Text } from '@backstage/ui';
import { RiFlaskLine } from '@remixicon/react';
import type {
  MeshWhatIfAnswer,
  MeshWhatIfRequest,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { type FormEvent, useCallback, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { sidetraceApiRef } from '../../../api/sidetrace-api-ref';
import { useAnswer } from '../../../hooks/use-answer';
import { useQueryParams } from '../../../hooks/use-query-params';
import { hasEdits, outboundModeOf } from '../../../presenters/what-if/edits';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { AnswerBoundary } from '../../shared/AnswerBoundary';
import { DownloadMenu } from '../../shared/DownloadMenu';
import { IssueList } from '../../shared/IssueList';
import { MeshChangesView } from '../../shared/MeshChangesView';
import { StaleNotice } from '../../shared/StaleNotice';
import { WhatIfForm, type WhatIfTexts } from './WhatIfForm';

/** More meshes than these are counted. */
const namedSources = 3;

/** Manifests that another view hands over, such as a finding's fix. */
function handedOver(state: unknown): string {
  if (typeof state !== 'object' || state === null || !('apply' in state)) return '';
  return typeof state.apply === 'string' ? state.apply : '';
}

function requestOf(params: URLSearchParams, { apply, removeYaml }: WhatIfTexts): MeshWhatIfRequest {
  const outboundMode = outboundModeOf(params.get('mode') ?? '');
  const source = params.get('source') ?? '';
  return {
    ...(source === '' ? {} : { source }),
    ...(outboundMode === undefined ? {} : { outboundMode }),
    ...(apply.trim() === '' ? {} : { apply }),
    ...(removeYaml.trim() === '' ? {} : { removeYaml }),
  };
}

function Answer({
  request,
  answer,
}: {
  readonly request: MeshWhatIfRequest;
  readonly answer: MeshWhatIfAnswer;
}) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <Flex direction="column" gap="4">
      <StaleNotice sources={answer.sources} />
      <IssueList issues={answer.issues} />
      <Flex gap="4" align="center" justify="between" style={{ flexWrap: 'wrap' }}>
        <Text role="status" weight="bold">
          {answer.sources.length > namedSources
            ? t('whatIf.triedOnMany', { count: answer.sources.length })
            : t('whatIf.triedOn', { sources: answer.sources.map(({ id }) => id).join(', ') })}
        </Text>
        <DownloadMenu
          requests={(['csv', 'json', 'markdown'] as const).map(format => ({
            kind: 'what-if',
            format,
            request,
          }))}
        />
      </Flex>
      <MeshChangesView changes={answer.changes} />
    </Flex>
  );
}

function Result({ request }: { readonly request: MeshWhatIfRequest }) {
  const api = useApi(sidetraceApiRef);
  const ask = useCallback(
    async () => ({ request, answer: await api.meshWhatIf(request) }),
    [api, request],
  );
  return (
    <AnswerBoundary asked={useAnswer(ask)} skeleton={[32, 40, 400]}>
      {tried => <Answer {...tried} />}
    </AnswerBoundary>
  );
}

/** A mode or manifests tried on whole meshes: which cells of the matrix change. A mode in the URL is tried at once. */
export function MeshWhatIf() {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [params] = useQueryParams();
  const { state } = useLocation();
  const [texts, setTexts] = useState<WhatIfTexts>({ apply: handedOver(state), removeYaml: '' });
  const [tried, setTried] = useState<MeshWhatIfRequest | undefined>(() => {
    const request = requestOf(params, texts);
    return hasEdits(request) ? request : undefined;
  });
  const request = requestOf(params, texts);
  const ready = hasEdits(request);
  const needsSource = texts.apply.trim() !== '' && request.source === undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) setTried(request);
  };
  return (
    <Flex direction="column" gap="5">
      <form onSubmit={submit}>
        <Flex direction="column" gap="4">
          <WhatIfForm texts={texts} onTexts={setTexts} needsSource={needsSource} />
          <div>
            <Button
              type="submit"
              variant="primary"
              isDisabled={!ready || needsSource}
              iconStart={<RiFlaskLine aria-hidden />}
            >
              {t('whatIf.try')}
            </Button>
          </div>
        </Flex>
      </form>
      {tried === undefined ? (
        <Text color="secondary">{t('whatIf.meshEmpty')}</Text>
      ) : (
        <Result request={tried} />
      )}
    </Flex>
  );
}
