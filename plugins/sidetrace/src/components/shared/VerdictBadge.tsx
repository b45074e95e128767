import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  RiArrowRightCircleLine,
  RiCheckboxCircleLine,
  RiForbid2Line,
  RiGitBranchLine,
  RiQuestionLine,
  RiShuffleLine,
} from '@remixicon/react';
import type { AccessRow } from '@sidetrace/core';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './VerdictBadge.module.css';

type Verdict = AccessRow['verdict'];

const looks = {
  allowed: { Icon: RiCheckboxCircleLine, tone: styles.good },
  passthrough: { Icon: RiArrowRightCircleLine, tone: styles.notice },
  bypass: { Icon: RiGitBranchLine, tone: styles.warning },
  blocked: { Icon: RiForbid2Line, tone: styles.bad },
  mixed: { Icon: RiShuffleLine, tone: styles.warning },
  undetermined: { Icon: RiQuestionLine, tone: styles.unknown },
} as const;

/** A verdict as shape, word and colour; without the word only where the same view has a legend. */
export function VerdictBadge({ verdict, iconOnly }: { verdict: Verdict; iconOnly?: boolean }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { Icon, tone } = looks[verdict];
  const word = t(`verdict.${verdict}`);
  if (iconOnly === true) {
    return (
      <span className={`${styles.badge} ${styles.iconOnly} ${tone}`} title={word}>
        <Icon size={16} aria-hidden className={styles.icon} />
      </span>
    );
  }
  return (
    <span className={`${styles.badge} ${tone}`}>
      <Icon size={14} aria-hidden className={styles.icon} />
      {word}
    </span>
  );
}
