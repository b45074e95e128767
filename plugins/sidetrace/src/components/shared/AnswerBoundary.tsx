import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert, Button, Flex, Skeleton, VisuallyHidden } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { Asked } from '../../hooks/use-answer';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

interface Props<T> {
  readonly asked: Asked<T>;
  /** Height of each placeholder while loading, so that nothing jumps when the answer comes. */
  readonly skeleton: readonly number[];
  readonly children: (value: T) => ReactNode;
}

const isForbidden = (error: Error) => error.name === 'NotAllowedError';

/** `ResponseError`s carry the backend's own message in `cause`. */
function messageOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error ? cause.message : error.message;
}

function nameOf(error: Error): Error {
  return error.cause instanceof Error ? error.cause : error;
}

/** Loading, failed with a retry, forbidden, or the answer. */
export function AnswerBoundary<T>({ asked, skeleton, children }: Props<T>) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { answer, retry } = asked;
  switch (answer.kind) {
    case 'loading':
      return (
        <Flex direction="column" gap="3" role="status" aria-busy="true">
          <VisuallyHidden>{t('state.loading')}</VisuallyHidden>
          {skeleton.map((height, index) => (
            <Skeleton key={index} width="100%" height={height} />
          ))}
        </Flex>
      );
    case 'failed':
      return isForbidden(nameOf(answer.error)) ? (
        <Alert
          status="warning"
          icon
          title={t('state.forbidden')}
          description={`${messageOf(answer.error)}. ${t('state.forbiddenHint')}`}
        />
      ) : (
        <Alert
          status="danger"
          icon
          title={t('state.failed')}
          description={messageOf(answer.error)}
          customActions={
            <Button size="small" variant="secondary" onPress={retry}>
              {t('state.retry')}
            </Button>
          }
        />
      );
    case 'ready':
      return <>{children(answer.value)}</>;
    default:
      return answer satisfies never;
  }
}
