import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert } from '@backstage/ui';
import type { SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';
import { Fragment } from 'react';
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

function UncountedNotice({ source: { id, uncounted } }: { readonly source: SourceState }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return uncounted === undefined ? null : (
    <Alert
      status="info"
      icon
      title={t('state.uncounted', { source: id })}
      description={uncounted}
    />
  );
}

/** Sources whose answer is not from what they hold now: older, none yet, being analysed, or without counts of calls. */
export function StaleNotice({ sources }: { readonly sources: readonly SourceState[] }) {
  return (
    <>
      {sources.map(source => (
        <Fragment key={source.id}>
          <SourceNotice source={source} />
          <UncountedNotice source={source} />
        </Fragment>
      ))}
    </>
  );
}
