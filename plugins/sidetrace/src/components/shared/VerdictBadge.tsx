import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { AccessRow } from '@sidetrace/core';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './VerdictBadge.module.css';
import { verdictLooks } from './verdict-looks';

/** A verdict as shape, word and colour. */
export function VerdictBadge({ verdict }: { readonly verdict: AccessRow['verdict'] }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { Icon, tone } = verdictLooks[verdict];
  return (
    <span className={`${styles.badge} ${tone}`}>
      <Icon size={14} aria-hidden className={styles.icon} />
      {t(`verdict.${verdict}`)}
    </span>
  );
}
