import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert } from '@backstage/ui';
import type { SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

/** A source could not be read, and the answer is from before. Nothing when all are fresh. */
export function StaleNotice({ sources }: { readonly sources: readonly SourceState[] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const stale = sources.filter(({ state }) => state === 'stale');
  return (
    <>
      {stale.map(({ id, reason, readAt }) => (
        <Alert
          key={id}
          status="warning"
          icon
          title={t('state.staleTitle', { source: id })}
          description={[
            reason ?? '',
            readAt === undefined
              ? ''
              : t('state.readAt', { time: new Date(readAt).toLocaleString() }),
          ]
            .filter(part => part !== '')
            .join(' · ')}
        />
      ))}
    </>
  );
}
