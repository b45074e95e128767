import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { verdicts } from '@sidetrace/core/access';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { markClasses } from './mark-classes';
import styles from './marks.module.css';

/** The marks of the grid with their words. */
export function MatrixLegend() {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <ul className={styles.legend} aria-label={t('access.verdict')}>
      {verdicts.map(verdict => (
        <li key={verdict} className={styles.item}>
          <span aria-hidden className={`${styles.sample} ${markClasses[verdict]}`} />
          {t(`verdict.${verdict}`)}
        </li>
      ))}
    </ul>
  );
}
