import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { Asked } from '../../hooks/use-answer';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './AnswerBoundary.module.css';
import { FailedState } from './FailedState';

interface Props<T> {
  readonly asked: Asked<T>;
  /** Height of each placeholder while loading, so that nothing jumps when the answer comes. */
  readonly skeleton: readonly number[];
  readonly children: (value: T) => ReactNode;
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
      return <FailedState error={answer.error} onRetry={retry} />;
    case 'ready':
      return (
        <div className={styles.answer} aria-busy={answer.refreshing}>
          {children(answer.value)}
        </div>
      );
    default:
      return answer satisfies never;
  }
}
