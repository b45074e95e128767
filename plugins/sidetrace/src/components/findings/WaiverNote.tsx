import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Alert } from '@backstage/ui';
import type { MeshFinding } from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceTranslationRef } from '../../translations/translation-ref';

/** Who accepted the finding, why and until when; nothing for an open one. */
export function WaiverNote({ state, waiver }: Pick<MeshFinding, 'state' | 'waiver'>) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  if (waiver === undefined) return null;
  const { reason, owner, expires } = waiver;
  return (
    <Alert
      status={state === 'expired' ? 'warning' : 'info'}
      icon
      title={
        state === 'expired'
          ? t('findings.waiverExpired', { day: expires })
          : t('findings.waivedUntil', { day: expires })
      }
      description={t('findings.waiver', { reason, owner })}
    />
  );
}
