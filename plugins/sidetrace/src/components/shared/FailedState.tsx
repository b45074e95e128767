import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert, Button } from '@backstage/ui';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { errorText, isForbidden, isUnreachable } from './error-text';

interface Props {
  readonly error: Error;
  readonly onRetry?: () => void;
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What happened, why, and what to do: ask for a permission, or try again. */
export function FailedState({ error, onRetry }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  if (isForbidden(error)) {
    return (
      <Alert
        role="alert"
        status="warning"
        icon
        title={t('state.forbidden')}
        description={`${sentence(errorText(error))} ${t('state.forbiddenHint')}`}
      />
    );
  }
  const hint = isUnreachable(error) ? t('state.unreachableHint') : t('state.failedHint');
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={isUnreachable(error) ? t('state.unreachable') : t('state.failed')}
      description={`${sentence(errorText(error))} ${hint}`}
      customActions={
        onRetry === undefined ? undefined : (
          <Button size="small" variant="secondary" onPress={onRetry}>
            {t('state.retry')}
          </Button>
        )
      }
    />
  );
}
