import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert } from '@backstage/ui';
import type { SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useLanguage } from '../../hooks/use-language';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

function SourceNotice({ source }: { readonly source: SourceState }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const language = useLanguage();
  const { id, state, reason, readAt, analysing } = source;
  const time = readAt === undefined ? undefined : new Date(readAt).toLocaleString(language);
  if (state === 'stale') {
    const parts = [reason, time === undefined ? undefined : t('state.readAt', { time })];
    return (
      <Alert
        status="warning"
        icon
        title={t('state.staleTitle', { source: id })}
        description={parts.filter(part => part !== undefined).join(' · ')}
      />
    );
  }
  if (state === 'unread') {
    return (
      <Alert
        status="info"
        icon
        title={t('state.unreadTitle', { source: id })}
        description={reason ?? t('state.unreadHint')}
      />
    );
  }
  return analysing === true ? (
    <Alert status="info" icon title={t('state.analysing', { source: id })} />
  ) : null;
}

/** Sources whose answer is not from what they hold now: older, none yet, or being analysed. Nothing when all are fresh. */
export function StaleNotice({ sources }: { readonly sources: readonly SourceState[] }) {
  return (
    <>
      {sources.map(source => (
        <SourceNotice key={source.id} source={source} />
      ))}
    </>
  );
}
